//! Floor 5. The command line: what was typed → what it means → run.
