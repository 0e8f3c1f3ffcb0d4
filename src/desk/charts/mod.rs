//! Results of the analysis as charts: the same values for the screen, for SVG files and for pages.

mod course;

pub use course::course_chart;
