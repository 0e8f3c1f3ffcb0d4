//! What an event is about, without reading the rest of it: a long tail's documents are read before it is folded.

use serde::Deserialize;

/// Records of the base that folding an event will look at.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Ids of claims.
    pub claims: Vec<u64>,
    /// Ids of vouchers that are there already.
    pub vouchers: Vec<u64>,
}

#[derive(Deserialize)]
struct OneClaim {
    claim: u64,
}

#[derive(Deserialize)]
struct OneVoucher {
    voucher: u64,
}

#[derive(Deserialize)]
struct Raised {
    voucher: Lines,
}

#[derive(Deserialize)]
struct Lines {
    lines: Vec<OneClaim>,
}

/// What an event is about, by its operation and facts; nothing where they cannot be read, which folding will say.
pub fn about(op: &str, data: &str) -> About {
    let mut about = About::default();
    match op.split_once('.') {
        // A new claim stands nowhere yet.
        Some(("claim", "registered")) => {}
        Some(("claim", _)) => {
            about.claims.extend(serde_json::from_str::<OneClaim>(data).map(|one| one.claim));
        }
        Some(("voucher", "raised")) => {
            let lines = serde_json::from_str::<Raised>(data).map(|raised| raised.voucher.lines);
            about.claims.extend(lines.unwrap_or_default().iter().map(|line| line.claim));
        }
        Some(("voucher", _)) => {
            about.vouchers.extend(serde_json::from_str::<OneVoucher>(data).map(|one| one.voucher));
        }
        _ => {}
    }
    about
}
