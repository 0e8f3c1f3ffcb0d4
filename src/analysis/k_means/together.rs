//! All restarts at once: each tile of rows is read once from memory and shown to every restart that still moves.
//!
//! A restart keeps the sums of its clusters and corrects them only for the rows that change their cluster. Rows are cut into
//! chunks by their number alone and the corrections of the chunks are added in order, so the bits do not depend on threads.

use super::blocks::{LANES, Lane, Packed, Points, TILE, Tally};
use super::kernel::Rows;
use super::restart::{Data, fill_empty, move_centres};
use crate::analysis::chunks::{Unit, add, map_chunks_of};
use crate::analysis::instructions::Work;
use crate::analysis::watch::{Cancelled, Watch};

/// Clusters of the rows of one block, in one restart.
pub(super) type Places = [u32; LANES];

/// Before the first pass no row has a cluster.
pub(super) const NOWHERE: u32 = u32::MAX;

/// One restart on its way; all lengths are at the scale of the blocks.
pub(super) struct Run {
    pub(super) centres: Vec<f64>,
    /// Weighted sums of the rows of each cluster, cluster after cluster.
    sums: Vec<f64>,
    /// Weight of each cluster.
    weights: Vec<f64>,
    /// Rows with weight of each cluster: the weight of an emptied one could keep a rounding error.
    n_rows: Vec<i64>,
    /// Sum of squared distances as the fast pass saw it.
    pub(super) cost: f64,
    pub(super) n_iterations: usize,
    pub(super) n_reseeded: usize,
    is_done: bool,
}

/// When a restart ends.
#[derive(Clone, Copy)]
pub(super) struct Ends {
    /// The squared shift of all centres is at most this.
    pub(super) shift: f64,
    pub(super) max_n_iterations: usize,
}

impl Run {
    pub(super) fn new(centres: Vec<f64>, n_columns: usize) -> Self {
        let k = centres.len() / n_columns;
        Self {
            sums: vec![0.0; centres.len()],
            weights: vec![0.0; k],
            n_rows: vec![0; k],
            cost: 0.0,
            n_iterations: 0,
            n_reseeded: 0,
            is_done: false,
            centres,
        }
    }

    fn take(&mut self, change: &Change) {
        add(&mut self.sums, &change.sums);
        add(&mut self.weights, &change.weights);
        self.n_rows.iter_mut().zip(&change.n_rows).for_each(|(to, from)| *to += from);
        self.cost += change.cost;
    }

    /// An empty cluster has nothing: what rounding left in its sums goes.
    fn clear_empty(&mut self) {
        let n_columns = self.sums.len() / self.weights.len();
        for (cluster, _) in self.n_rows.iter().enumerate().filter(|(_, n_rows)| **n_rows == 0) {
            self.weights[cluster] = 0.0;
            self.sums[cluster * n_columns..][..n_columns].fill(0.0);
        }
    }
}

/// Lloyd's iterations of all runs, until each has come to its end. `places` has a block of each run side by side.
pub(super) fn lloyd(
    rows: Rows<'_>,
    packed: &Packed,
    runs: &mut [Run],
    places: &mut [Places],
    ends: Ends,
    watch: Watch<'_>,
) -> Result<(), Cancelled> {
    pass(rows, packed, runs, places);
    runs.iter_mut().for_each(|run| run.is_done = ends.max_n_iterations == 0);
    while runs.iter().any(|run| !run.is_done) {
        watch.check()?;
        let n_runs = runs.len();
        let mut shifts = vec![0.0; n_runs];
        for (at, run) in runs.iter_mut().enumerate().filter(|(_, run)| !run.is_done) {
            if run.n_rows.contains(&0) {
                refill(rows, packed, run, places, at, n_runs);
            }
            shifts[at] = move_centres(&mut run.centres, &run.sums, &run.weights);
        }
        let moved = pass(rows, packed, runs, places);
        for ((run, n_moved), shift) in
            runs.iter_mut().zip(moved).zip(shifts).filter(|((run, _), _)| !run.is_done)
        {
            run.n_iterations += 1;
            let is_still = n_moved == 0 || (shift <= ends.shift && !run.n_rows.contains(&0));
            run.is_done = is_still || run.n_iterations >= ends.max_n_iterations;
        }
    }
    Ok(())
}

/// The clusters that one run gave the rows.
pub(super) fn labels_of(places: &[Places], run: usize, n_runs: usize, n_rows: usize) -> Vec<u32> {
    places.iter().skip(run).step_by(n_runs).flatten().take(n_rows).copied().collect()
}

/// Gives each empty cluster the row of largest cost.
fn refill(rows: Rows<'_>, packed: &Packed, run: &mut Run, places: &mut [Places], at: usize, n_runs: usize) {
    let labels = labels_of(places, at, n_runs, rows.len());
    let data = Data {
        n_columns: rows.n_columns,
        value: |row, column| packed.value(row, column),
        weight: |row| rows.weight(row),
    };
    let taken = fill_empty(&data, &run.centres, &labels, &mut run.sums, &mut run.weights);
    for (row, cluster) in &taken {
        let from = labels[*row] as usize;
        run.n_rows[from] -= 1;
        run.n_rows[*cluster] += 1;
        places[row / LANES * n_runs + at][row % LANES] = u32::try_from(*cluster).expect("k fits 32 bits");
    }
    run.n_reseeded += taken.len();
}

/// What one chunk of rows changes in one run.
struct Change {
    sums: Vec<f64>,
    weights: Vec<f64>,
    n_rows: Vec<i64>,
    cost: f64,
    n_moved: usize,
}

/// Shows every row to every run that is not done; returns how many rows moved in each.
fn pass(rows: Rows<'_>, packed: &Packed, runs: &mut [Run], places: &mut [Places]) -> Vec<usize> {
    let centres: Vec<Option<Points>> =
        runs.iter().map(|run| (!run.is_done).then(|| Points::new(&run.centres, rows.n_columns))).collect();
    let clusters: Vec<usize> = runs.iter().map(|run| run.weights.len()).collect();
    let unit = Unit { items: runs.len(), rows: LANES };
    let changes = map_chunks_of(places, unit, rows.n_threads, |first, places| {
        rows.instructions.run(Chunk { rows, packed, centres: &centres, clusters: &clusters, first, places })
    });
    let mut moved = vec![0; runs.len()];
    runs.iter_mut().filter(|run| !run.is_done).for_each(|run| run.cost = 0.0);
    for chunk in &changes {
        for ((run, change), moved) in runs.iter_mut().zip(chunk).zip(&mut moved) {
            if let Some(change) = change {
                run.take(change);
                *moved += change.n_moved;
            }
        }
    }
    runs.iter_mut().for_each(Run::clear_empty);
    moved
}

/// One chunk of rows under one pass.
struct Chunk<'a> {
    rows: Rows<'a>,
    packed: &'a Packed,
    /// Of each run that is not done.
    centres: &'a [Option<Points>],
    /// How many each run has.
    clusters: &'a [usize],
    /// The first block.
    first: usize,
    places: &'a mut [Places],
}

impl Work for Chunk<'_> {
    type Answer = Vec<Option<Change>>;

    #[inline(always)]
    fn run(self) -> Self::Answer {
        let Self { rows, packed, centres, clusters, first, places } = self;
        let n_runs = centres.len();
        let mut changes: Vec<Option<Change>> = centres
            .iter()
            .zip(clusters)
            .map(|(centres, &k)| centres.as_ref().map(|_| Change::new(rows.n_columns, k)))
            .collect();
        for (tile, places) in places.chunks_mut(TILE * n_runs).enumerate() {
            for (run, (centres, change)) in centres.iter().zip(&mut changes).enumerate() {
                let (Some(centres), Some(change)) = (centres, change) else { continue };
                let mut costs = Tally::new(rows);
                for (at, places) in places.iter_mut().skip(run).step_by(n_runs).enumerate() {
                    let block = first + tile * TILE + at;
                    let (now, near) = centres.nearest(packed.block(block));
                    costs.add(packed, block, &near);
                    if now != *places {
                        let n_valid = packed.n_valid(block);
                        change.correct(rows, packed, block, &places[..n_valid], &now);
                        places[..n_valid].copy_from_slice(&now[..n_valid]);
                    }
                }
                costs.end_tile();
                change.cost += costs.whole();
            }
        }
        changes
    }
}

impl Change {
    fn new(n_columns: usize, k: usize) -> Self {
        Self {
            sums: vec![0.0; k * n_columns],
            weights: vec![0.0; k],
            n_rows: vec![0; k],
            cost: 0.0,
            n_moved: 0,
        }
    }

    /// Takes the rows that moved out of their old clusters and puts them into the new ones. The numbers are those of the
    /// blocks, which are at hand; the rows themselves would come from far away.
    fn correct(&mut self, rows: Rows<'_>, packed: &Packed, block: usize, before: &[u32], now: &Places) {
        let moved = before.iter().zip(now).enumerate().filter(|(_, (before, now))| before != now);
        for (lane, (&before, &now)) in moved {
            let weight = rows.weight(block * LANES + lane);
            self.n_moved += 1;
            self.put(packed.block(block), lane, now, weight);
            if before != NOWHERE {
                self.put(packed.block(block), lane, before, -weight);
            }
        }
    }

    fn put(&mut self, block: &[Lane], lane: usize, cluster: u32, weight: f64) {
        let cluster = cluster as usize;
        let sums = &mut self.sums[cluster * block.len()..][..block.len()];
        sums.iter_mut().zip(block).for_each(|(sum, column)| *sum += weight * f64::from(column[lane]));
        self.weights[cluster] += weight;
        self.n_rows[cluster] += i64::from(weight > 0.0) - i64::from(weight < 0.0);
    }
}

/// Blocks in which no row has a cluster yet.
pub(super) fn nowhere(packed: &Packed, n_runs: usize) -> Vec<Places> {
    vec![[NOWHERE; LANES]; packed.n_blocks() * n_runs]
}
