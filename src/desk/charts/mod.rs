//! Results of the analysis as charts: the same values for the screen, for SVG files and for pages.

mod companies;
mod course;
mod groups;

pub use companies::funnel_chart;
pub use course::course_chart;
pub use groups::{choice_charts, n_pairs, profile_charts, scatter_chart};
