# The course of work accident cases: recovered, disabled, dead, still under treatment.

cli-help-course = How cases go on: recovered, disabled, dead, still under treatment
cli-arg-course-by = Compare by this
cli-arg-course-filter = Only cases that pass this filter
cli-arg-course-at = Days after the event at which shares are told
cli-arg-course-observed = From when a case is observed: books or report
cli-arg-course-limit = At most this many groups, 1 to 50; the rest is put together
cli-arg-course-svg = Also write the chart to this SVG file

course-recovered = recovered
course-disabled = disabled
course-dead = dead
course-ended = end of treatment
course-by-diagnosis = diagnosis
course-by-body-part = body part
course-by-facility = facility
course-by-company = company
course-by-kind = type of accident
course-by-place = place
course-by-year = year of the event
course-all = all
course-other = other
course-unknown = not known
course-head = The course of { $cases } work accident cases up to { $date }: { $open } still under treatment, { $long } of them for more than 12 months
course-nothing = No work accident case passes this filter.
course-group = group
course-outcome = end
course-count = cases
course-cases = cases
course-open = treated
course-at = { $n } days
course-over = ≥ { $n } m
course-median = days of treatment (median)
course-closed = closed
course-mean = mean Rp
course-half = median Rp
course-p90 = P90 Rp
course-note-competing = Shares of cases by that day (95 % bounds). Disability and death compete with recovery; cases under treatment are followed up to today; rejected and cancelled cases are left out.
course-note-void = { $n } rejected or cancelled cases are left out.
course-note-undated = { $n } cases are left out: their end has no date, or one before the event.
course-note-unseen-books = { $n } cases are left out: they had ended before these books began.
course-note-unseen-report = { $n } cases are left out: they had ended when they were reported.
course-note-gap = Observation breaks off, so that the curve ends there: { $groups }. After that day no case is observed, until others come under observation later.
course-gap = { $group } (day { $day })
course-note-tests = A test says whether groups differ by more than chance, not why; the more is compared, the more looks different by chance.
course-gray = Difference between { $n } groups, { $name }: χ² = { $statistic } (df { $degrees }), p { $p } (Gray's test)
course-log-rank = Difference between { $n } groups, { $name }: χ² = { $statistic } (df { $degrees }), p { $p } (log-rank test)
course-bad-limit = --limit must be { $from } to { $to }.
course-test-gap = { $name }: cannot be tested, since the observation of a group breaks off
course-test-none = { $name }: too few cases for a test
course-chart = The course of work accident cases
course-chart-by = { $cause } by { $by }
course-chart-note-by = Cumulative incidence
course-chart-note = Cumulative incidence with 95 % bounds
course-days = days since the event
course-share = share of cases
