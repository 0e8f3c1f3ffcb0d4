# Words: clusters and claim rates.

# Features that enter or are described
analysis-feature-kind = Type of accident
analysis-feature-source = Source of injury
analysis-feature-body-part = Body part
analysis-feature-place = Place
analysis-feature-time-band = Time of day
analysis-feature-segment = Segment
analysis-feature-outcome = Outcome
analysis-feature-facility = Facility
analysis-feature-company = Company
analysis-feature-days-to-report = Days to report
analysis-feature-days-to-complete = Days to complete papers
analysis-feature-days-to-pay = Days to pay
analysis-feature-days-off = Days off work
analysis-feature-cost = Cost
analysis-feature-risk-group = Risk group
analysis-feature-rate-without-traffic = Claim rate without traffic
analysis-feature-rate-traffic = Claim rate in traffic
analysis-feature-recovered-share = Share recovered
analysis-feature-mean-days-off = Mean days off work
analysis-feature-mean-cost = Mean cost

# Choices of features
analysis-preset-circumstances = Circumstances of the accident
analysis-preset-course = Course of the case
analysis-preset-cost = Course and cost of the case
analysis-preset-profile = Circumstances and course of the case
analysis-preset-frequency = Claim frequency of companies
analysis-preset-burden = Claim burden of companies

# Categories that are joined or empty
analysis-label-other = other
analysis-label-missing = not known

# Verdicts: the first line when groups are not clear
analysis-verdict-gap = No clear groups: the gap statistic prefers a single one.
analysis-verdict-unstable = No clear groups: samples drawn again do not find the same ones.

# Notes
analysis-note-features = Features used ({ $preset }): { $features }.
analysis-note-columns = Columns used: { $columns }.
analysis-note-second-agrees = The arithmetic agrees with another program (linfa); that does not make the groups real.
analysis-note-second-better = Another program (linfa) found a cheaper division: use more restarts (--runs).
analysis-note-second-worse = Another program (linfa) stopped at a dearer division than this one.
analysis-note-immature = { $left } cases left out because their numbers are not finished: { $open } still open (or rejected, cancelled), { $young } closed but with an event less than twelve months back.
analysis-note-no-headcount = { $companies } companies without a headcount are listed apart.
analysis-note-text-columns = Columns of text are not used by k-means: { $columns }.
analysis-note-same-amount = { $column } is not used: it is nearly the same as { $other }, and one amount counts once.
analysis-note-capped = { $column }: the { $rows } most extreme values are capped at percentile 99.9.
analysis-note-constant = { $column } is not used: it is the same in all rows.
analysis-note-missing = { $column }: { $rows } empty values are filled with the median and marked in a column of their own.
analysis-note-filled = { $column }: { $rows } missing values got the median, or the most frequent category.
analysis-note-dropped = { $rows } rows stay out because a value is missing.
analysis-note-parts = One category that differs counts { $gamma } (gamma); numbers make { $numbers } % of the cost, categories { $categories } %.
analysis-note-joined = { $column }: { $values } rare values are joined into "other".
analysis-note-reseeded = Clusters that ran empty took the farthest row, { $times } times.
analysis-note-linfa-weights = The linfa engine knows no weights: its centres were found without them.
analysis-note-gap-differs = Stability recommends { $k } groups, the gap statistic { $gap }.
analysis-note-sample = The number of groups was chosen on { $rows } rows.
analysis-note-fewer = { $asked } groups were asked for, there are { $found }: too few different rows.
analysis-note-no-cause = Groups describe, they do not prove a cause.
analysis-note-one-rate = The companies' rates do not differ by more than chance: all get the mean.
analysis-note-half-credibility = A company's own rate and the mean weigh the same at { $exposure } worker-years.
analysis-note-phi = Spread against chance (φ): { $phi }; it widens the funnel limits.
analysis-note-more-claims-than-workers = { $companies } companies have more claims than worker-years: check their headcount.
analysis-note-last-months = The last three months are not complete: reports are still to come.

# Errors
analysis-error-nothing = There is nothing to group: no rows, or no column that varies.
analysis-error-engine = linfa has k-means only; use our own engine.
analysis-error-gamma = Gamma must be a number of 0 or more.
analysis-error-one-kind = K-prototypes needs columns of numbers and of categories whose values vary. Use k-means for numbers alone, k-modes for categories alone.
analysis-error-cancelled = Cancelled.
analysis-error-parameters = Groups and restarts must be 1 or more.
analysis-error-data = The data cannot be used: some value or weight is not a sensible number.

# Names of groups
analysis-trait-category = { $feature } { $value } ({ $lift }×)
analysis-trait-high = { $feature } high
analysis-trait-low = { $feature } low
analysis-trait-none = Group { $id }
