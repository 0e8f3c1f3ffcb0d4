# Words: two periods on the centres of the same groups.
compare-head = Groups are made of the { $here } claims of the first period; the { $there } claims of the second are put into the nearest one.
compare-test = How the two periods differ: χ² = { $sum } (df { $freedom }), p { $chance }.
compare-meaning = Differences in percentage points with 95 % bounds; ● beyond chance. A kind of case that is new in the second period falls into the nearest group, however far.
compare-group = group
compare-here = first
compare-share-here = share
compare-there = second
compare-share-there = share of second
compare-difference = difference
compare-mark = real
refusal-compare-overlap = { $n } claims pass both filters: --where and --against must part the periods, for example 'event < 01/01/2026' and 'event >= 01/01/2026'.
