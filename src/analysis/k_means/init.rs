//! Greedy k-means++: each new centre is the best of a few rows drawn by their squared distance, for all restarts at once.

use super::blocks::{LANES, Lane, POINTS, Packed, Points, TILE, Tally, squares_to};
use super::kernel::Rows;
use crate::analysis::chunks::{Unit, draw_by_mass, map_chunks_of};
use crate::analysis::instructions::Work;
use crate::analysis::watch::{Cancelled, Watch};
use rand::Rng;

/// At most as many trials; `2 + ln k` passes it only beyond k = 403.
const MOST_TRIALS: usize = 8;

/// One restart that looks for its centres.
struct Seeker<'a, R> {
    random: &'a mut R,
    /// Rows that were chosen.
    rows: Vec<usize>,
    /// Rows that compete.
    trials: Vec<usize>,
    /// Mass of each chunk: weight × squared distance to the nearest chosen row.
    masses: Vec<f64>,
}

/// For each restart up to `n_clusters` rows to begin with: fewer when the data has fewer different rows.
pub(super) fn greedy_plus_plus<R: Rng>(
    rows: Rows<'_>,
    packed: &Packed,
    n_clusters: usize,
    randoms: &mut [R],
    watch: Watch<'_>,
) -> Result<Vec<Vec<usize>>, Cancelled> {
    let mut near = vec![[f32::INFINITY; LANES]; packed.n_blocks() * randoms.len()];
    let mut seekers: Vec<Seeker<'_, R>> =
        randoms.iter_mut().map(|random| Seeker::first(rows, random)).collect();
    come_near(rows, packed, &mut seekers, &mut near);
    for _ in 1..n_clusters {
        watch.check()?;
        let n_seekers = seekers.len();
        for (at, seeker) in seekers.iter_mut().enumerate() {
            let near = Near { near: &near, at, n_seekers };
            seeker.draw(rows, packed, near, n_trials(n_clusters).min(MOST_TRIALS));
        }
        if seekers.iter().all(|seeker| seeker.trials.is_empty()) {
            break;
        }
        choose(rows, packed, &mut seekers, &mut near);
        come_near(rows, packed, &mut seekers, &mut near);
    }
    Ok(seekers.into_iter().map(|seeker| seeker.rows).collect())
}

/// How many rows compete for each centre.
pub(crate) fn n_trials(n_clusters: usize) -> usize {
    let mut n = 2;
    let mut power = std::f64::consts::E;
    while power <= n_clusters as f64 && n < MOST_TRIALS {
        n += 1;
        power *= std::f64::consts::E;
    }
    n
}

/// Squared distances to the nearest chosen row, of one seeker.
#[derive(Clone, Copy)]
struct Near<'a> {
    near: &'a [Lane],
    at: usize,
    n_seekers: usize,
}

impl Near<'_> {
    fn block(&self, block: usize) -> &Lane {
        &self.near[block * self.n_seekers + self.at]
    }
}

impl<'a, R: Rng> Seeker<'a, R> {
    fn first(rows: Rows<'_>, random: &'a mut R) -> Self {
        let share = random.gen_range(0.0..1.0);
        let row = match rows.weights {
            Some(weights) => draw_by_mass(weights, share).expect("some row has weight"),
            None => ((share * rows.len() as f64) as usize).min(rows.len() - 1),
        };
        Self { random, rows: vec![row], trials: Vec::new(), masses: Vec::new() }
    }

    /// Draws the rows that compete for the next centre; none when every row with weight lies on a chosen one.
    fn draw(&mut self, rows: Rows<'_>, packed: &Packed, near: Near<'_>, n_trials: usize) {
        self.trials.clear();
        for _ in 0..n_trials {
            let Some(chunk) = draw_by_mass(&self.masses, self.random.gen_range(0.0..1.0)) else { return };
            let length = packed.n_blocks().div_ceil(self.masses.len());
            let blocks = chunk * length..packed.n_blocks().min((chunk + 1) * length);
            let masses: Vec<f64> = blocks
                .clone()
                .flat_map(|block| (0..packed.n_valid(block)).map(move |lane| (block, lane)))
                .map(|(block, lane)| rows.weight(block * LANES + lane) * f64::from(near.block(block)[lane]))
                .collect();
            let drawn = draw_by_mass(&masses, self.random.gen_range(0.0..1.0));
            self.trials.extend(drawn.map(|at| blocks.start * LANES + at));
        }
    }
}

/// Lowers each row's distance to that from the row chosen last, where this is nearer, and weighs the chunks anew.
fn come_near<R: Rng>(rows: Rows<'_>, packed: &Packed, seekers: &mut [Seeker<'_, R>], near: &mut [Lane]) {
    let points: Vec<Vec<f32>> = seekers
        .iter()
        .map(|seeker| seeker.rows.last().map_or_else(Vec::new, |&row| point(packed, row)))
        .collect();
    let unit = Unit { items: seekers.len(), rows: LANES };
    let parts = map_chunks_of(near, unit, rows.n_threads, |first, near| {
        rows.instructions.run(ComeNear { rows, packed, points: &points, first, near })
    });
    for (at, seeker) in seekers.iter_mut().enumerate() {
        seeker.masses = parts.iter().map(|masses| masses[at]).collect();
    }
}

fn point(packed: &Packed, row: usize) -> Vec<f32> {
    packed.row(row).map(|value| value as f32).collect()
}

struct ComeNear<'a> {
    rows: Rows<'a>,
    packed: &'a Packed,
    points: &'a [Vec<f32>],
    first: usize,
    near: &'a mut [Lane],
}

impl Work for ComeNear<'_> {
    type Answer = Vec<f64>;

    #[inline(always)]
    fn run(self) -> Vec<f64> {
        let n_seekers = self.points.len();
        let mut masses = vec![0.0; n_seekers];
        for (tile, near) in self.near.chunks_mut(TILE * n_seekers).enumerate() {
            for (seeker, (point, mass)) in self.points.iter().zip(&mut masses).enumerate() {
                let mut tally = Tally::new(self.rows);
                for (at, near) in near.iter_mut().skip(seeker).step_by(n_seekers).enumerate() {
                    let block = self.first + tile * TILE + at;
                    let distances = squares_to(self.packed.block(block), point);
                    for (near, distance) in near.iter_mut().zip(distances) {
                        *near = if distance < *near { distance } else { *near };
                    }
                    tally.add(self.packed, block, near);
                }
                tally.end_tile();
                *mass += tally.whole();
            }
        }
        masses
    }
}

/// Each seeker takes the trial that would leave the lowest cost; the first among equals.
fn choose<R: Rng>(rows: Rows<'_>, packed: &Packed, seekers: &mut [Seeker<'_, R>], near: &mut [Lane]) {
    let points = |seeker: &Seeker<'_, R>| {
        let values: Vec<f64> = seeker.trials.iter().flat_map(|&row| packed.row(row)).collect();
        Points::new(&values, rows.n_columns)
    };
    let trials: Vec<Points> = seekers.iter().map(points).collect();
    let unit = Unit { items: seekers.len(), rows: LANES };
    let parts = map_chunks_of(near, unit, rows.n_threads, |first, near| {
        rows.instructions.run(Compete { rows, packed, trials: &trials, first, near })
    });
    for (at, seeker) in seekers.iter_mut().enumerate() {
        let cost = |trial: usize| parts.iter().map(|costs| costs[at][trial]).sum::<f64>();
        let costs: Vec<f64> = (0..seeker.trials.len()).map(cost).collect();
        let best = (0..costs.len()).min_by(|&a, &b| costs[a].total_cmp(&costs[b]));
        seeker.rows.extend(best.map(|best| seeker.trials[best]));
    }
}

struct Compete<'a> {
    rows: Rows<'a>,
    packed: &'a Packed,
    /// Of each seeker.
    trials: &'a [Points],
    first: usize,
    near: &'a [Lane],
}

impl Work for Compete<'_> {
    type Answer = Vec<[f64; MOST_TRIALS]>;

    #[inline(always)]
    fn run(self) -> Self::Answer {
        let n_seekers = self.trials.len();
        let mut costs = vec![[0.0; MOST_TRIALS]; n_seekers];
        for (tile, near) in self.near.chunks(TILE * n_seekers).enumerate() {
            for (seeker, (trials, costs)) in self.trials.iter().zip(&mut costs).enumerate() {
                let mut tallies = [(); MOST_TRIALS].map(|()| Tally::new(self.rows));
                for (at, near) in near.iter().skip(seeker).step_by(n_seekers).enumerate() {
                    let block = self.first + tile * TILE + at;
                    let groups = trials.squares(self.packed.block(block));
                    for (group, tallies) in groups.zip(tallies.chunks_exact_mut(POINTS)) {
                        for (mut left, tally) in group.into_iter().zip(tallies) {
                            left.iter_mut()
                                .zip(near)
                                .for_each(|(left, &near)| *left = if near < *left { near } else { *left });
                            tally.add(self.packed, block, &left);
                        }
                    }
                }
                for (cost, tally) in costs.iter_mut().zip(&mut tallies) {
                    tally.end_tile();
                    *cost += tally.whole();
                }
            }
        }
        costs
    }
}
