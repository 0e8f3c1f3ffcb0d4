//! k-means and k-modes on made-up rows: 10 k, 100 k and 1 M, eight clusters, one run each so that a sample is a
//! unit of work (a fit makes ten of them), k-modes on rows that repeat each other, and the linear-time silhouette.
//!
//! `cargo bench --bench cluster`. Compare ratios within one session, not times between machines.
//!
//! With `--peer METHOD ROWS NUMBERS CATEGORIES RUNS FILE...` it is one whole run on the files of `benches/peers/cluster.py`:
//! row after row, numbers as f64 and categories as bytes. It prints one line for that script.

use criterion::{BenchmarkId, Criterion};
use linfa::DatasetBase;
use linfa::traits::Fit;
use ndarray::{Array2, Axis};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use santun::analysis::Watch;
use santun::analysis::instructions::Instructions;
use santun::analysis::k_means::KMeans;
use santun::analysis::k_modes::{EqualRows, KModes};
use santun::analysis::k_prototypes::{Gamma, KPrototypes, Mixed};
use santun::analysis::quality::{ChoiceLimits, Matrix, choose_k, silhouettes_matching, silhouettes_squared};
use std::fs::File;
use std::hint::black_box;
use std::io::{BufReader, Read};

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];
const CLUSTERS: usize = 8;

/// What one category that differs counts in runs beside others.
const PEER_GAMMA: f64 = 0.5;

/// Eight numbers around one of eight centres: spread enough that no row's cluster is a matter of course.
fn numbers(n_rows: usize) -> Array2<f64> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(1);
    let centres = Array2::from_shape_fn((CLUSTERS, 8), |_| random.gen_range(-2.0..2.0));
    Array2::from_shape_fn((n_rows, 8), |(row, column)| {
        let noise: f64 = (0..4).map(|_| random.gen_range(-1.0..1.0)).sum();
        centres[(row % CLUSTERS, column)] + noise
    })
}

/// Ten categories of up to twelve values that follow one of eight patterns six times of ten.
fn codes(n_rows: usize) -> Array2<u8> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(2);
    let patterns = Array2::from_shape_fn((CLUSTERS, 10), |_| random.gen_range(0..12_u8));
    Array2::from_shape_fn((n_rows, 10), |(row, column)| {
        if random.gen_bool(0.6) { patterns[(row % CLUSTERS, column)] } else { random.gen_range(0..12) }
    })
}

fn n_threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn k_means(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("k_means");
    group.sample_size(10);
    for n_rows in SIZES {
        let dataset = DatasetBase::from(numbers(n_rows));
        let params = KMeans::params(CLUSTERS).n_runs(1).n_threads(n_threads());
        group.bench_function(BenchmarkId::from_parameter(n_rows), |bencher| {
            bencher.iter(|| params.fit(black_box(&dataset)).expect("the rows are usable"));
        });
    }
    group.finish();
}

fn k_modes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("k_modes");
    group.sample_size(10);
    for n_rows in SIZES {
        let dataset = DatasetBase::from(codes(n_rows));
        let params = KModes::params(CLUSTERS).n_runs(1).n_threads(n_threads());
        group.bench_function(BenchmarkId::from_parameter(n_rows), |bencher| {
            bencher.iter(|| params.fit(black_box(&dataset)).expect("the rows are usable"));
        });
    }
    group.finish();
}

fn silhouette(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("silhouette");
    group.sample_size(10);
    for n_rows in SIZES {
        let labels: Vec<usize> = (0..n_rows).map(|row| row % CLUSTERS).collect();
        let (numbers, codes) = (numbers(n_rows), codes(n_rows));
        group.bench_function(BenchmarkId::new("numbers", n_rows), |bencher| {
            bencher.iter(|| silhouettes_squared(black_box(&numbers), &labels));
        });
        group.bench_function(BenchmarkId::new("codes", n_rows), |bencher| {
            bencher.iter(|| silhouettes_matching(black_box(&codes), &labels));
        });
    }
    group.finish();
}

/// Ten categories that depend on each other: of a million rows some ten thousand differ.
fn repeated_codes(n_rows: usize) -> Array2<u8> {
    let kinds = codes(20_000);
    let mut random = Xoshiro256PlusPlus::seed_from_u64(3);
    let rows: Vec<usize> = (0..n_rows)
        .map(|_| {
            let share: f64 = random.gen_range(0.0..1.0);
            (share * share * 20_000.0) as usize
        })
        .collect();
    kinds.select(Axis(0), &rows)
}

/// Equal rows together and one by one, ten restarts, of rows that repeat each other.
fn equal_rows(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("equal_rows");
    group.sample_size(10);
    for n_rows in SIZES {
        let dataset = DatasetBase::from(repeated_codes(n_rows));
        for (name, equal_rows) in [("together", EqualRows::Together), ("apart", EqualRows::Apart)] {
            let params = KModes::params(CLUSTERS).n_threads(n_threads()).equal_rows(equal_rows);
            group.bench_function(BenchmarkId::new(name, n_rows), |bencher| {
                bencher.iter(|| params.fit(black_box(&dataset)).expect("the rows are usable"));
            });
        }
    }
    group.finish();
}

/// One whole run on a file that other programs read too.
fn peer(arguments: &[String]) {
    let [method, n_rows, n_numbers, n_categories, n_runs, files @ ..] = arguments else {
        panic!("--peer METHOD ROWS NUMBERS CATEGORIES RUNS FILE...")
    };
    let whole = |text: &String| text.parse::<usize>().expect("a whole number");
    let (n_rows, n_runs) = (whole(n_rows), whole(n_runs));
    let numbers = || {
        // Number by number: the whole file beside the matrix would be most of what the process holds.
        let mut file = BufReader::new(File::open(&files[0]).expect("a file of numbers"));
        let values = (0..n_rows * whole(n_numbers)).map(|_| {
            let mut bytes = [0; 8];
            file.read_exact(&mut bytes).expect("as many numbers as said");
            f64::from_le_bytes(bytes)
        });
        Array2::from_shape_vec((n_rows, whole(n_numbers)), values.collect()).expect("as many numbers as said")
    };
    let codes = || {
        let bytes = std::fs::read(files.last().expect("a file")).expect("a file of categories");
        Array2::from_shape_vec((n_rows, whole(n_categories)), bytes).expect("as many categories as said")
    };
    let begin = std::time::Instant::now();
    let (cost, iterations) = match method.as_str() {
        "k-means" | "k-means-plain" => {
            let plain = method == "k-means-plain";
            let instructions = if plain { Instructions::Plain } else { Instructions::Widest };
            let params =
                KMeans::params(CLUSTERS).n_runs(n_runs).n_threads(n_threads()).instructions(instructions);
            let model = params.fit(&DatasetBase::from(numbers())).expect("the rows are usable");
            (model.cost(), model.n_iterations())
        }
        "k-modes" => {
            let params = KModes::params(CLUSTERS).n_runs(n_runs).n_threads(n_threads());
            let model = params.fit(&DatasetBase::from(codes())).expect("the rows are usable");
            (model.cost(), model.n_iterations())
        }
        "k-prototypes" => {
            let (numbers, codes) = (numbers(), codes());
            let records = Mixed { numbers: numbers.view(), codes: codes.view() };
            let params = KPrototypes::params(CLUSTERS).gamma(Gamma::Given(PEER_GAMMA));
            let params = params.n_runs(n_runs).n_threads(n_threads());
            let model = params.fit(&DatasetBase::new(records, ())).expect("the rows are usable");
            (model.cost(), model.n_iterations())
        }
        "choose" => {
            let matrix =
                if whole(n_numbers) > 0 { Matrix::Numbers(numbers()) } else { Matrix::Codes(codes()) };
            let found = choose_k(&matrix, None, ChoiceLimits::default(), 0, Watch::silent());
            (0.0, found.expect("the rows are usable").k)
        }
        other => panic!("no method {other}"),
    };
    println!("{cost} {iterations} {}", begin.elapsed().as_secs_f64());
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--peer") {
        return peer(&arguments[at + 1..]);
    }
    let mut criterion = Criterion::default().configure_from_args();
    k_means(&mut criterion);
    k_modes(&mut criterion);
    equal_rows(&mut criterion);
    silhouette(&mut criterion);
    criterion.final_summary();
}
