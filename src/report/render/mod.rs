//! Values become bytes: text of 80 columns, one HTML file that prints on A4, CSV, and JSON of a stable shape. The same
//! value gives the same bytes each time; nothing here reads a clock, a file or an environment.

pub mod chart;
pub mod csv;
mod head;
pub mod html;
pub mod json;
mod page;
pub mod plain;
pub mod recommendations;
pub mod sheet;
pub mod text;

pub use self::chart::{chart_cells, chart_svg, chart_text};
pub use self::csv::monthly_csv;
pub use self::html::{monthly_html, receipt_html, voucher_html};
pub use self::json::{monthly_json, to_json};
pub use self::plain::monthly_plain;
pub use self::recommendations::{
    recommendations_csv, recommendations_html, recommendations_json, recommendations_text,
};
pub use self::sheet::calculation_text;
pub use self::text::{monthly_text, receipt_text, voucher_text};
