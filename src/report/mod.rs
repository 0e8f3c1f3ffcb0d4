//! Floor 3. Papers out: the monthly report, vouchers, receipts and calculation sheets. Each is a value; `render` turns it into text, HTML,
//! CSV or JSON, the same bytes each time. Knows the domain and the words; must not know the store, a clock or a file.

pub mod calculation;
pub mod chart;
pub mod monthly;
pub mod paper;
pub mod recommendations;
pub mod render;
pub mod section;

pub use calculation::CalculationSheet;
pub use chart::Chart;
pub use monthly::{MonthlyBuilder, MonthlyReport};
pub use paper::{Receipt, VoucherPaper};
pub use recommendations::Recommendations;
