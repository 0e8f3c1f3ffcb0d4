//! Floor 3. The believable branch.
