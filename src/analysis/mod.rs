//! Floor 3. Features, k-means, k-modes, choice of k, quality, company rates.
