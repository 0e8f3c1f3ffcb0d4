//! From values to lengths: the span of an axis, its ticks, and how its numbers are written.

use crate::report::chart::{Across, Axis, Chart, Draw, Scale, Unit};
use crate::words::{Words, decimal};

/// Beyond this, numbers are drawn at the edge: nothing the desk counts is larger, and no arithmetic overflows.
const LARGEST: f64 = 1e15;
/// Below this, a positive number stands at the edge of a logarithmic axis.
const SMALLEST: f64 = 1e-9;
/// Steps of days that people know: weeks, months, quarters, years.
const DAY_STEPS: [f64; 12] = [1.0, 2.0, 7.0, 14.0, 30.0, 60.0, 90.0, 180.0, 365.0, 730.0, 1_825.0, 3_650.0];
/// Ticks of an axis at most, whatever its length.
const MOST_TICKS: usize = 24;

/// What part of an axis is shown.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    low: f64,
    high: f64,
    scale: Scale,
}

/// A number beside an axis.
#[derive(Clone, Debug)]
pub struct Tick {
    /// Where, as a part of the axis from 0 to 1.
    pub at: f64,
    /// What is written.
    pub text: String,
}

impl Span {
    /// The span of one axis of a chart.
    pub fn of(chart: &Chart, across: Across) -> Span {
        let axis = match across {
            Across::X => &chart.x,
            Across::Y => &chart.y,
        };
        if !axis.names.is_empty() {
            return Span { low: -0.5, high: axis.names.len() as f64 - 0.5, scale: Scale::Linear };
        }
        let scale = axis.scale;
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values(chart, across).filter_map(|value| bounded(value, scale)) {
            (low, high) = (low.min(value), high.max(value));
        }
        if low > high {
            (low, high) = if scale == Scale::Log { (1.0, 10.0) } else { (0.0, 1.0) };
        }
        (low, high) = widened(low, high, axis);
        let given = |end: Option<f64>| end.and_then(|end| bounded(end, scale));
        let (low, high) = (given(axis.from).unwrap_or(low), given(axis.to).unwrap_or(high));
        let high = if high > low { high } else { low + low.abs().max(1.0) };
        Span { low, high, scale }
    }

    /// A value's place, from 0 to 1; values beyond the ends stand at them, gaps nowhere.
    pub fn at(self, value: f64) -> Option<f64> {
        let value = bounded(value, self.scale)?;
        let part = match self.scale {
            Scale::Linear => (value - self.low) / (self.high - self.low),
            Scale::Log => (value.ln() - self.low.ln()) / (self.high.ln() - self.low.ln()),
        };
        part.is_finite().then(|| part.clamp(0.0, 1.0))
    }

    /// The numbers beside the axis, at most about `room` of them.
    pub fn ticks(self, axis: &Axis, room: usize, words: &Words) -> Vec<Tick> {
        let room = room.clamp(1, MOST_TICKS);
        let values = match self.scale {
            Scale::Linear => even(self.low, self.high, self.step(axis.unit, room)),
            Scale::Log => powers(self.low, self.high, room),
        };
        let step = match self.scale {
            Scale::Linear => self.step(axis.unit, room),
            Scale::Log => values.first().copied().unwrap_or(1.0),
        };
        let tick =
            |value: f64| Some(Tick { at: self.at(value)?, text: written(value, step, axis.unit, words) });
        values.into_iter().filter_map(tick).collect()
    }

    fn step(self, unit: Unit, room: usize) -> f64 {
        let least = (self.high - self.low) / room as f64;
        if unit == Unit::Days
            && let Some(step) = DAY_STEPS.into_iter().find(|step| *step >= least)
        {
            return step;
        }
        let step = nice(least);
        if unit == Unit::Count || unit == Unit::Rupiah { step.max(1.0) } else { step }
    }
}

/// A number as an axis or a bar shows it; `step` says how many decimals are worth writing.
pub fn written(value: f64, step: f64, unit: Unit, words: &Words) -> String {
    let (value, step) = (value.clamp(-LARGEST, LARGEST), step.min(LARGEST));
    match unit {
        Unit::Share => format!("{} %", plain(value * 100.0, step * 100.0, words)),
        Unit::Rupiah => rupiah(value, step, words),
        Unit::Count => plain(value, 1.0, words),
        Unit::Days if value.abs() >= 10.0 => plain(value, step.max(1.0), words),
        Unit::Number | Unit::Days => plain(value, step, words),
    }
}

fn rupiah(value: f64, step: f64, words: &Words) -> String {
    let (key, unit) = match value.abs() {
        size if size >= 1e9 => ("chart-billion", 1e9),
        size if size >= 1e6 => ("chart-million", 1e6),
        size if size >= 1e3 => ("chart-thousand", 1e3),
        _ => return plain(value, 1.0, words),
    };
    words.format(key, &[("n", plain(value / unit, (step / unit).max(0.01), words).into())])
}

fn plain(value: f64, step: f64, words: &Words) -> String {
    let n_decimals = decimals(step);
    // What is written as zero has no sign.
    let value = if value.abs() < step * 1e-6 { 0.0 } else { value };
    if n_decimals == 0 && value.abs() >= 10_000.0 {
        return words.number(value.round() as i64);
    }
    decimal(value, n_decimals, words.lang())
}

/// Decimals that a step is seen by: one for 0,5, two for 0,02.
fn decimals(step: f64) -> usize {
    (-step.log10() - 1e-9).ceil().clamp(0.0, 9.0) as usize
}

/// What an axis must hold: values of marks that have a place on the other axis too.
fn values(chart: &Chart, across: Across) -> impl Iterator<Item = f64> + '_ {
    let is_drawn = |x: f64, y: f64| {
        bounded(x, chart.x.scale).is_some()
            && (bounded(y, chart.y.scale).is_some() || !chart.y.names.is_empty())
    };
    let points = chart.series.iter().flat_map(move |series| {
        let points = series.points.iter().filter(move |point| is_drawn(point.x, point.y));
        let points = points.map(move |point| match across {
            Across::X => point.x,
            Across::Y => point.y,
        });
        let band = series.band.iter().filter(move |bounds| is_drawn(bounds.x, bounds.low));
        let band = band.flat_map(move |bounds| match across {
            Across::X => [bounds.x, bounds.x],
            Across::Y => [bounds.low, bounds.high],
        });
        let zero = (series.draw == Draw::Bars && across == Across::X).then_some(0.0);
        points.chain(band).chain(zero)
    });
    points.chain(chart.rules.iter().filter(move |rule| rule.axis == across).map(|rule| rule.at))
}

fn bounded(value: f64, scale: Scale) -> Option<f64> {
    if value.is_nan() {
        return None;
    }
    match scale {
        // Infinities are gaps: a line to the edge would tell of something that is not there.
        _ if value.is_infinite() => None,
        Scale::Linear => Some(value.clamp(-LARGEST, LARGEST)),
        Scale::Log => (value > 0.0).then(|| value.clamp(SMALLEST, LARGEST)),
    }
}

/// The ends moved outwards to round numbers.
fn widened(low: f64, high: f64, axis: &Axis) -> (f64, f64) {
    if axis.scale == Scale::Log {
        return if low < high { (low / 1.05, high * 1.05) } else { (low / 2.0, high * 2.0) };
    }
    let (low, high) = match (low < high, axis.unit) {
        (true, _) => (low, high),
        (false, Unit::Share) => (0.0, 1.0),
        (false, _) => (low - low.abs().max(1.0) / 2.0, high + high.abs().max(1.0) / 2.0),
    };
    if axis.unit == Unit::Days || axis.unit == Unit::Count {
        return (low, high);
    }
    let step = nice((high - low) / 10.0);
    ((low / step).floor() * step, (high / step).ceil() * step)
}

/// The smallest of 1, 2, 5 times a power of ten that is not below.
fn nice(least: f64) -> f64 {
    if !least.is_finite() || least <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(least.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().find(|step| step * power >= least * (1.0 - 1e-9));
    step.unwrap_or(10.0) * power
}

fn even(low: f64, high: f64, step: f64) -> Vec<f64> {
    let first = (low / step - 1e-9).ceil();
    (0..=2 * MOST_TICKS)
        .map(|idx| (first + idx as f64) * step)
        .take_while(|value| *value <= high + step * 1e-9)
        .collect()
}

/// Powers of ten, with 2 and 5 between them where there is room.
fn powers(low: f64, high: f64, room: usize) -> Vec<f64> {
    let decades = (low.log10().floor() as i32)..=(high.log10().ceil() as i32);
    let within = |steps: &[f64]| -> Vec<f64> {
        let all = decades.clone().flat_map(|power| steps.iter().map(move |step| step * 10_f64.powi(power)));
        all.filter(|value| (low..=high).contains(value)).collect()
    };
    let fine = within(&[1.0, 2.0, 5.0]);
    if fine.len() <= room {
        return fine;
    }
    let coarse = within(&[1.0]);
    let every = coarse.len().div_ceil(room).max(1);
    coarse.into_iter().step_by(every).collect()
}
