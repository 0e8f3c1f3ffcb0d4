//! Floor 5. The screen.
