//! Rows drawn by lot, each with a chance by its weight and its distance.
//!
//! Where equal rows lie together the lot still falls on the rows of the data one after the other, so that it falls on the
//! same values: masses are whole numbers then, whose sums are exact in whatever order they are taken.

use super::kernel::Rows;
use crate::analysis::chunks::draw_by_mass;
use rand::Rng;

/// Rows of the data whose masses are summed up together.
const BLOCK: usize = 4096;

/// The rows among which the lot falls.
#[derive(Clone, Copy)]
pub(super) struct Lot<'a> {
    pub(super) rows: Rows<'a>,
    /// For each row of the data the row that stands for it, where equal ones lie together.
    pub(super) of_row: Option<&'a [u32]>,
}

impl Lot<'_> {
    /// A row, with a chance by its weight.
    pub(super) fn first(&self, random: &mut impl Rng) -> usize {
        let near = vec![1; self.rows.len()];
        self.some(&near, 1, &mut Vec::new(), random).first().copied().expect("some row has weight")
    }

    /// So many rows, with chances by weight times distance; fewer when none has a chance. `masses` is room that is used
    /// again from one call to the next.
    pub(super) fn some(
        &self,
        near: &[u32],
        n: usize,
        masses: &mut Vec<f64>,
        random: &mut impl Rng,
    ) -> Vec<usize> {
        let shares = (0..n).map(|_| random.gen_range(0.0..1.0));
        match self.of_row {
            None => {
                let mass = |(row, near): (usize, &u32)| self.rows.weight(row) * f64::from(*near);
                masses.clear();
                masses.extend(near.iter().enumerate().map(mass));
                shares.filter_map(|share| draw_by_mass(masses, share)).collect()
            }
            Some(of_row) => {
                let mass = |row: &u32| u64::from(near[*row as usize]);
                let blocks: Vec<u64> = of_row.chunks(BLOCK).map(|rows| rows.iter().map(mass).sum()).collect();
                shares.filter_map(|share| draw(of_row, &blocks, mass, share)).collect()
            }
        }
    }
}

/// [`draw_by_mass`] over rows whose masses are known in blocks.
fn draw(of_row: &[u32], blocks: &[u64], mass: impl Fn(&u32) -> u64, share: f64) -> Option<usize> {
    let total: u64 = blocks.iter().sum();
    let goal = share * total as f64;
    let mut passed = 0_u64;
    for (block, sum) in blocks.iter().enumerate() {
        if (passed + sum) as f64 > goal {
            for row in &of_row[block * BLOCK..] {
                passed += mass(row);
                if passed as f64 > goal {
                    return Some(*row as usize);
                }
            }
        }
        passed += sum;
    }
    // The share of the whole was rounded up to the whole.
    of_row.iter().rfind(|row| mass(row) > 0).map(|row| *row as usize)
}
