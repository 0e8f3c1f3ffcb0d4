# Words: the filter language. Mistakes: found = what is written, nearest = what may be meant (can be empty), column = where.
query-unknown-field = Column { $column }: there is no field "{ $found }".
query-unknown-value = Column { $column }: "{ $found }" is no value of this field.
query-unknown-unit = Column { $column }: the unit "{ $found }" is not known.
query-not-a-date = Column { $column }: "{ $found }" is no date. Examples: 01/10/2026, 2026-10, this month, 6 months.
query-not-a-month = Column { $column }: "{ $found }" is no month. Examples: 10/2026, this month.
query-not-a-duration = Column { $column }: "{ $found }" is no length of time. Examples: 30, 3 days, 6 months.
query-not-a-number = Column { $column }: "{ $found }" is no number.
query-not-an-amount = Column { $column }: "{ $found }" is no amount. Examples: 5jt, 1,5jt, 18.000.000.
query-amount-ambiguous = Column { $column }: "{ $found }" can mean two things.
query-amount-fraction = Column { $column }: "{ $found }" ends in less than a rupiah.
query-amount-too-large = Column { $column }: "{ $found }" is too large.
query-operator-missing = Column { $column }: before "{ $found }" an operator is missing.
query-operator-unfit = Column { $column }: the operator "{ $found }" means nothing for this field.
query-value-missing = Column { $column }: the value is not written yet.
query-field-missing = Column { $column }: before "{ $found }" the name of a field is missing.
query-unfinished = Column { $column }: something is still missing here.
query-paren-open = Column { $column }: this parenthesis is not closed.
query-paren-close = Column { $column }: this closing parenthesis has no opening one.
query-quote-open = Column { $column }: this quote is not closed.
query-empty-text = Column { $column }: there is nothing to look for here.
query-too-deep = Column { $column }: the parentheses are nested too deeply.
query-too-long = The filter is too long.
query-nearest = Did you mean { $nearest }?

value-report-mark-tepat = in time
value-report-mark-terlambat = late
value-report-mark-tidak-diketahui = cannot be told
