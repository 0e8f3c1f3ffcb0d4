# Words: k-means and k-modes on the same claims.
consensus-head = Two ways, the same claims: { $rows } claims grouped by both ({ $left } by one only), agreement { $agreement } (1 = the same groups, 0 = chance).
consensus-hardly = What happened says next to nothing about how the case runs: the two ways see different things.
consensus-partly = What happened says something about how the case runs.
consensus-largely = Both ways find largely the same groups.
consensus-agreed = Claims on which both ways agree (●, more than by chance): { $agreed } of { $rows }.
consensus-course = K-Means: course of the case
consensus-circumstances = K-Modes: circumstances
consensus-rows = claims
consensus-expected = expected
consensus-lift = ×
consensus-mark = agreed
consensus-none = No claim was grouped both ways.
