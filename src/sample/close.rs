//! The end of a case: closed when its outcome is final and no line waits; and the status of those that go on.

use crate::domain::{Outcome, ProcessState, Programme, VoucherState};
use crate::sample::days::NONE;
use crate::sample::draft::{Case, Draft, Line, NO_SLIP, UNDETERMINED, at};
use crate::sample::world::World;

/// Sets status and closing day of every claim that was not refused.
pub fn close(world: &World, draft: &mut Draft) {
    let mut cases = std::mem::take(&mut draft.cases);
    for case in &mut cases {
        let lines = draft.lines_of(case);
        let determined =
            lines.iter().filter(|line| line.determined_on != NONE).map(|line| line.determined_on).min();
        // What is late in the books is at least there before it is decided.
        let latest = determined.unwrap_or(world.days.today);
        let latest = if case.closed == NONE { latest } else { latest.min(case.closed) };
        case.registered = case.registered.min(latest);
        if case.closed != NONE {
            continue;
        }
        if determined.is_some() {
            case.status = ProcessState::Determined;
        }
        if let Some(day) = settled(draft, case, lines) {
            case.status = ProcessState::Closed;
            case.closed = day;
        }
    }
    draft.cases = cases;
}

/// The day from which nothing is expected any more, if that day has come.
fn settled(draft: &Draft, case: &Case, lines: &[Line]) -> Option<i32> {
    let ended = match case.outcome {
        Some((Outcome::Berobat, _)) => return None,
        Some((_, day)) => day,
        None if case.programme == Programme::Jkk => return None,
        None => case.filed,
    };
    let paid = |line: &Line| {
        let slip = draft
            .slips
            .get(at(line.slip))
            .filter(|_| line.slip != NO_SLIP && line.determined != UNDETERMINED)?;
        (slip.state == VoucherState::Paid).then_some(slip.settled)
    };
    let days: Option<Vec<i32>> = lines.iter().map(paid).collect();
    let last = days?.into_iter().max()?;
    Some(last.max(ended))
}
