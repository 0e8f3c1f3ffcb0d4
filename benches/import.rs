//! The import of made-up branches of 10 k, 100 k and 1 M claims: reading, joining and checking the files, then making
//! the records with their postings. Says seconds and the most memory held.
//!
//! `cargo bench --bench import`, or `cargo bench --bench import -- 100000` for one size.

use std::path::PathBuf;
use std::time::Instant;

use santun::domain::office::Office;
use santun::domain::period::Period;
use santun::intake::assemble::{Assembler, HistoryMonths, Ids};
use santun::intake::history::{Options, read_history};
use santun::sample::{Mix, Planted, SampleOptions, write_folder};

/// The program's own allocator, so that the figures are the program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: [u64; 3] = [10_000, 100_000, 1_000_000];

fn main() {
    let asked: Vec<u64> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if asked.is_empty() { SIZES.to_vec() } else { asked };
    for n_claims in sizes {
        import(n_claims);
    }
}

fn import(n_claims: u64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let options = SampleOptions { mix: Mix::Branch { claims: n_claims }, seed: 1, planted: Planted::Yes };
    write_folder(folder.path(), &options).expect("room for the sample");
    let names = ["claims", "benefits", "vouchers", "payments", "companies", "facilities"];
    let files: Vec<PathBuf> = names.iter().map(|name| folder.path().join(format!("{name}.csv"))).collect();
    let office =
        Office::new("J03", "Contoh", Period::new(2026, 10).expect("a month")).expect("a sound office");
    let today = jiff::civil::date(2026, 10, 30);
    let start = Instant::now();
    let history = read_history(&files, None, &Options::default(), &office, today);
    let read = start.elapsed();
    assert_eq!(history.n_refused, 0, "{:?}", history.problems.first());
    let ids = Ids::counting(&history, 1, 1);
    let start = Instant::now();
    let mut assembler = Assembler::new(&history, &office, HistoryMonths::PaperMonths, &ids);
    let of_claims: usize = (0..history.n_claims()).map(|place| assembler.claim(place).postings.len()).sum();
    let claims = start.elapsed();
    let of_vouchers: usize =
        (0..history.n_vouchers()).map(|place| assembler.voucher(place).postings.len()).sum();
    let vouchers = start.elapsed() - claims;
    println!(
        "{n_claims} claims: read {:.1} s, claims {:.1} s, {} vouchers {:.1} s, {} postings, {} MB at most",
        read.as_secs_f64(),
        claims.as_secs_f64(),
        history.n_vouchers(),
        vouchers.as_secs_f64(),
        of_claims + of_vouchers,
        peak_megabytes()
    );
}

/// The most memory held so far, from the kernel; 0 where it does not say.
fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes =
        line.and_then(|line| line.split_whitespace().nth(1)).and_then(|number| number.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}
