//! Rows as the fast passes read them: sixteen side by side, column after column, as f32.
//!
//! A value is stored as its distance from a middle of its column, scaled by a power of two where squares could leave the range
//! of f32. Small differences in the middle of the data stay exact that way, however far a few rows lie outside. What f32 finds
//! is where the last, exact iterations begin; it is never the answer.

use super::kernel::Rows;
use crate::analysis::chunks::{Unit, map_chunks, map_chunks_of};
use crate::analysis::prepare::quantile;

/// Rows of one block: two registers of AVX2, four of SSE2.
pub(super) const LANES: usize = 16;

/// One number of each row of a block.
pub(super) type Lane = [f32; LANES];

/// Blocks of one tile: some thousand numbers, which stay in the fastest cache while every restart reads them.
pub(super) const TILE: usize = 32;

/// Rows looked at for the middle of a column.
const MIDDLE_ROWS: usize = 1024;

/// Values between these powers of two keep their squares, and sums of squares, within f32.
const EXPONENTS: std::ops::Range<i32> = -20..40;

/// All rows in blocks, and what brings other rows, such as centres, to the same scale.
pub(super) struct Packed {
    lanes: Vec<Lane>,
    n_rows: usize,
    n_columns: usize,
    origin: Vec<f64>,
    scale: f64,
    /// Mean over the columns of the weighted population variance, in the data's own units.
    pub(super) mean_variance: f64,
}

impl Packed {
    pub(super) fn new(rows: Rows<'_>) -> Self {
        let n_columns = rows.n_columns;
        let origin: Vec<f64> = (0..n_columns).map(|column| middle(rows, column)).collect();
        let scale = scale(rows, &origin);
        let mut lanes = vec![[0.0; LANES]; rows.len().div_ceil(LANES) * n_columns];
        let unit = Unit { items: n_columns, rows: LANES };
        let parts = map_chunks_of(&mut lanes, unit, rows.n_threads, |first, lanes| {
            let mut moments = Moments::new(n_columns);
            for (at, block) in lanes.chunks_exact_mut(n_columns).enumerate() {
                let start = (first + at) * LANES;
                for lane in 0..LANES.min(rows.len() - start) {
                    let weight = rows.weight(start + lane);
                    let row =
                        rows.row(start + lane).iter().zip(&origin).map(|(value, origin)| value - origin);
                    for ((value, column), moments) in row.zip(block.iter_mut()).zip(&mut moments.columns) {
                        column[lane] = (value * scale) as f32;
                        moments[0] += weight * value;
                        moments[1] += weight * value * value;
                    }
                    moments.weight += weight;
                }
            }
            moments
        });
        let mean_variance = Moments::mean_variance(n_columns, &parts);
        Self { lanes, n_rows: rows.len(), n_columns, origin, scale, mean_variance }
    }

    pub(super) fn n_blocks(&self) -> usize {
        self.lanes.len() / self.n_columns
    }

    pub(super) fn block(&self, block: usize) -> &[Lane] {
        &self.lanes[block * self.n_columns..][..self.n_columns]
    }

    /// Rows that a block holds: only the last one has room.
    pub(super) fn n_valid(&self, block: usize) -> usize {
        LANES.min(self.n_rows - block * LANES)
    }

    /// One number of one row.
    pub(super) fn value(&self, row: usize, column: usize) -> f64 {
        f64::from(self.block(row / LANES)[column][row % LANES])
    }

    /// A row at the scale of the blocks.
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = f64> + '_ {
        (0..self.n_columns).map(move |column| self.value(row, column))
    }

    /// Centres of the data's own units, row after row, at the scale of the blocks.
    pub(super) fn scaled(&self, centres: &[f64]) -> Vec<f64> {
        let rows = centres.chunks_exact(self.n_columns).flat_map(|row| row.iter().zip(&self.origin));
        rows.map(|(value, origin)| (value - origin) * self.scale).collect()
    }

    /// The other way round.
    pub(super) fn unscaled(&self, centres: &[f64]) -> Vec<f64> {
        let rows = centres.chunks_exact(self.n_columns).flat_map(|row| row.iter().zip(&self.origin));
        rows.map(|(value, origin)| value / self.scale + origin).collect()
    }

    /// A squared length at the scale of the blocks.
    pub(super) fn squared(&self, length: f64) -> f64 {
        length * self.scale * self.scale
    }
}

/// Points that rows are compared with, four side by side: their sums fit the registers together, and each row is loaded once
/// for all four.
pub(super) struct Points {
    /// Group after group, column after column.
    groups: Vec<Group>,
    n_columns: usize,
}

/// One number of four points.
type Group = [f32; POINTS];

/// Points of one group.
pub(super) const POINTS: usize = 4;

impl Points {
    /// `points` row after row, at the scale of the blocks. The last group is filled up with points infinitely far away.
    pub(super) fn new(points: &[f64], n_columns: usize) -> Self {
        let n_points = points.len() / n_columns;
        let mut groups = vec![[f32::INFINITY; POINTS]; n_points.div_ceil(POINTS) * n_columns];
        for (point, values) in points.chunks_exact(n_columns).enumerate() {
            for (column, &value) in values.iter().enumerate() {
                groups[point / POINTS * n_columns + column][point % POINTS] = value as f32;
            }
        }
        Self { groups, n_columns }
    }

    /// Squared distances of the rows of a block to four points after four.
    #[inline(always)]
    pub(super) fn squares<'a>(&'a self, block: &'a [Lane]) -> impl Iterator<Item = [Lane; POINTS]> + 'a {
        self.groups.chunks_exact(self.n_columns).map(move |group| squares(block, group))
    }

    /// The nearest point of each row of a block and the squared distance to it; among equals the lowest number.
    #[inline(always)]
    pub(super) fn nearest(&self, block: &[Lane]) -> ([u32; LANES], Lane) {
        let mut near = [f32::INFINITY; LANES];
        let mut places = [0; LANES];
        let mut number = 0_u32;
        for group in self.groups.chunks_exact(self.n_columns) {
            for distances in &squares(block, group) {
                for ((near, place), &distance) in near.iter_mut().zip(&mut places).zip(distances) {
                    let is_nearer = distance < *near;
                    *near = if is_nearer { distance } else { *near };
                    *place = if is_nearer { number } else { *place };
                }
                number = number.wrapping_add(1);
            }
        }
        (places, near)
    }
}

#[inline(always)]
fn squares(block: &[Lane], group: &[Group]) -> [Lane; POINTS] {
    let mut sums = [[0.0; LANES]; POINTS];
    for (column, values) in block.iter().zip(group) {
        for (sums, &value) in sums.iter_mut().zip(values) {
            for (sum, &x) in sums.iter_mut().zip(column) {
                let difference = x - value;
                *sum += difference * difference;
            }
        }
    }
    sums
}

/// Squared distances of the rows of a block to one point.
#[inline(always)]
pub(super) fn squares_to(block: &[Lane], point: &[f32]) -> Lane {
    let mut sums = [0.0; LANES];
    for (column, &value) in block.iter().zip(point) {
        for (sum, &x) in sums.iter_mut().zip(column) {
            let difference = x - value;
            *sum += difference * difference;
        }
    }
    sums
}

/// Sums of one number a row, by weight. Rows that count alike are added as f32 within a tile and as f64 beyond it.
pub(super) struct Tally<'a> {
    rows: Rows<'a>,
    tile: Lane,
    whole: f64,
}

impl<'a> Tally<'a> {
    pub(super) fn new(rows: Rows<'a>) -> Self {
        Self { rows, tile: [0.0; LANES], whole: 0.0 }
    }

    /// Adds a number of each row of a block.
    #[inline(always)]
    pub(super) fn add(&mut self, packed: &Packed, block: usize, values: &Lane) {
        let n_valid = packed.n_valid(block);
        if n_valid == LANES && self.rows.weights.is_none() {
            self.tile.iter_mut().zip(values).for_each(|(sum, &value)| *sum += value);
        } else {
            for (lane, &value) in values[..n_valid].iter().enumerate() {
                self.whole += self.rows.weight(block * LANES + lane) * f64::from(value);
            }
        }
    }

    /// The end of a tile.
    #[inline(always)]
    pub(super) fn end_tile(&mut self) {
        self.whole += self.tile.iter().map(|&sum| f64::from(sum)).sum::<f64>();
        self.tile = [0.0; LANES];
    }

    /// All that was added; the last tile has ended.
    pub(super) fn whole(&self) -> f64 {
        self.whole
    }
}

/// Weighted sums and sums of squares of each column.
struct Moments {
    columns: Vec<[f64; 2]>,
    weight: f64,
}

impl Moments {
    fn new(n_columns: usize) -> Self {
        Self { columns: vec![[0.0; 2]; n_columns], weight: 0.0 }
    }

    fn mean_variance(n_columns: usize, parts: &[Self]) -> f64 {
        let weight: f64 = parts.iter().map(|part| part.weight).sum();
        let variance = |column: usize| {
            let sum = |which: usize| parts.iter().map(|part| part.columns[column][which]).sum::<f64>();
            (sum(1) / weight - (sum(0) / weight).powi(2)).max(0.0)
        };
        (0..n_columns).map(variance).sum::<f64>() / n_columns as f64
    }
}

/// The median of some rows, evenly taken: a value near most of the others.
fn middle(rows: Rows<'_>, column: usize) -> f64 {
    let step = rows.len().div_ceil(MIDDLE_ROWS);
    let mut values: Vec<f64> = (0..rows.len()).step_by(step).map(|row| rows.row(row)[column]).collect();
    values.sort_by(f64::total_cmp);
    quantile(&values, 0.5)
}

/// The power of two that brings the largest distance from the middle into range; 1 where it lies there already.
fn scale(rows: Rows<'_>, origin: &[f64]) -> f64 {
    let mut chunks: Vec<&[f64]> = rows.values.chunks(rows.n_columns * LANES).collect();
    let parts = map_chunks(&mut chunks, rows.n_threads, |_, chunks| {
        let rows = chunks.iter().flat_map(|chunk| chunk.chunks_exact(origin.len()));
        rows.flat_map(|row| row.iter().zip(origin))
            .map(|(value, origin)| (value - origin).abs())
            .fold(0.0, f64::max)
    });
    let largest = parts.into_iter().fold(0.0, f64::max);
    if largest == 0.0 {
        return 1.0;
    }
    let exponent = largest.log2().floor() as i32;
    if EXPONENTS.contains(&exponent) { 1.0 } else { 2.0_f64.powi((EXPONENTS.end - exponent).min(1000)) }
}
