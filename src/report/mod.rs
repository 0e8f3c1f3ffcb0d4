//! Floor 3. Papers out: a report is a value; renderers turn it into bytes.
