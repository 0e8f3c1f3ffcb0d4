//! Charts: the same bytes each time, harmless whatever they hold, within any width and height.

use proptest::prelude::*;
use santun::base::safe;
use santun::report::chart::{Across, Axis, Bounds, Chart, Draw, Hue, Point, Rule, Scale, Series, Unit};
use santun::report::render::chart::{Pen, Size, chart_cells, chart_svg, chart_text};
use santun::words::{Lang, Words};

use super::golden::golden;

fn words() -> Words {
    Words::new(Lang::Id)
}

/// Recovered and dead after an accident, as the desk would draw them.
fn steps() -> Chart {
    let series = |name: &str, hue, heights: &[(f64, f64)]| Series {
        name: name.to_owned(),
        draw: Draw::Steps,
        hue: Hue::Own(hue),
        points: heights.iter().map(|(x, y)| Point::at(*x, *y)).collect(),
        band: heights.iter().map(|(x, y)| Bounds { x: *x, low: y * 0.8, high: (y * 1.2).min(1.0) }).collect(),
    };
    Chart {
        title: "Sembuh dan meninggal".to_owned(),
        note: "Insidensi kumulatif".to_owned(),
        x: Axis::new("hari".to_owned(), Unit::Days).from_zero(),
        y: Axis { to: Some(1.0), ..Axis::new("bagian".to_owned(), Unit::Share).from_zero() },
        series: vec![
            series("Sembuh", 0, &[(0.0, 0.0), (30.0, 0.2), (90.0, 0.55), (200.0, 0.7), (400.0, 0.74)]),
            series("Meninggal", 1, &[(0.0, 0.0), (1.0, 0.05), (400.0, 0.06)]),
        ],
        rules: vec![Rule { axis: Across::X, at: 365.0, label: "1 tahun".to_owned() }],
    }
}

fn bars() -> Chart {
    let names = ["Jari tangan", "Mata", "Tungkai"].map(str::to_owned).to_vec();
    Chart {
        title: "Selisih dari semua".to_owned(),
        x: Axis::new("simpangan baku".to_owned(), Unit::Number),
        y: Axis::of_names(names),
        series: vec![Series::bars(String::new(), Hue::Own(0), &[1.5, -0.5, 0.25])],
        ..Chart::default()
    }
}

fn points() -> Chart {
    let points = [(1.0, 2.0), (10.0, 0.5), (100.0, 1.0), (0.0, 9.0)];
    let mut series: Vec<Point> = points.iter().map(|(x, y)| Point::at(*x, *y)).collect();
    series[0].label = Some("PT <Maju> & \"Jaya\"".to_owned());
    Chart {
        title: "Corong".to_owned(),
        x: Axis::new("tahun pekerja".to_owned(), Unit::Number).log(),
        y: Axis::new("klaim".to_owned(), Unit::Number).from_zero(),
        series: vec![Series::new("Perusahaan".to_owned(), Draw::Points, Hue::Own(0), series)],
        ..Chart::default()
    }
}

#[test]
fn charts_are_drawn_as_they_were() {
    for (name, chart) in [("chart-steps", steps()), ("chart-bars", bars()), ("chart-points", points())] {
        golden(&format!("{name}.svg"), &chart_svg(&chart, Size { width: 480, height: 280 }, &words()));
        golden(&format!("{name}.txt"), &chart_text(&chart, 64, 18, Pen::Braille, &words()));
        golden(&format!("{name}.ascii.txt"), &chart_text(&chart, 64, 18, Pen::Signs, &words()));
    }
}

#[test]
fn a_picture_holds_nothing_that_runs_or_is_fetched() {
    let mut chart = steps();
    chart.title = "</title><script>alert(1)</script>\u{1b}[31m\u{0}\u{202e}".to_owned();
    chart.series[0].name = "\"><image href='http://x/'/>".to_owned();
    chart.x.label = "a&b".to_owned();
    let svg = chart_svg(&chart, Size::default(), &words());
    for wrong in ["<script", "<image", "<style", "\u{1b}", "\u{0}", "\u{202e}", "a&b", "id=\""] {
        assert!(!svg.contains(wrong), "{wrong:?} in {svg}");
    }
    assert!(svg.contains("&lt;script&gt;"), "{svg}");
    well_formed(&svg);
}

#[test]
fn what_differs_in_colour_differs_in_sign_too() {
    let drawn = chart_text(&steps(), 64, 18, Pen::Signs, &words());
    assert!(drawn.contains("1 Sembuh") && drawn.contains("2 Meninggal"), "{drawn}");
    assert!(drawn.lines().skip(3).any(|line| line.contains("11")), "{drawn}");
    assert!(drawn.is_ascii(), "{drawn}");
    let coloured = chart_text(&steps(), 64, 18, Pen::Braille, &words());
    let plot: String = coloured.lines().skip(3).collect();
    assert!(plot.contains('1') && plot.contains('2'), "each line ends with its sign: {coloured}");
}

#[test]
fn steps_keep_their_height_until_the_next() {
    let mut chart = steps();
    chart.series.truncate(1);
    chart.series[0].band.clear();
    let svg = chart_svg(&chart, Size::default(), &words());
    let path = svg.lines().find(|line| line.contains("stroke-width=\"2\" fill=\"none\" stroke-linejoin"));
    let path = path.expect("there is a curve");
    assert!(path.contains('H') && path.contains('V') && !path.contains('L'), "{path}");
}

#[test]
fn an_empty_chart_says_so() {
    let chart = Chart { title: "Kosong".to_owned(), ..Chart::default() };
    assert!(chart_text(&chart, 60, 10, Pen::Braille, &words()).contains("Belum ada data"));
    assert!(chart_svg(&chart, Size::default(), &words()).contains("Belum ada data"));
}

#[test]
fn numbers_are_written_as_people_read_them() {
    let shown = |unit, values: &[f64]| {
        let mut chart = bars();
        chart.x.unit = unit;
        chart.series = vec![Series::bars(String::new(), Hue::Own(0), values)];
        chart_text(&chart, 70, 8, Pen::Signs, &words())
    };
    for (unit, value, wanted) in [
        (Unit::Share, 0.25, "25,0 %"),
        (Unit::Rupiah, 1_500_000.0, "1,50 jt"),
        (Unit::Rupiah, 2_000_000_000.0, "2,00 M"),
        (Unit::Count, 12_345.0, "12.345"),
        (Unit::Number, 0.125, "0,125"),
        (Unit::Days, 90.0, "90"),
    ] {
        let drawn = shown(unit, &[value, 0.0, 0.0]);
        assert!(drawn.contains(wanted), "{wanted} in\n{drawn}");
    }
}

#[test]
fn names_without_room_are_counted() {
    let names: Vec<String> = (0..30).map(|idx| format!("nama {idx}")).collect();
    let lengths: Vec<f64> = (0..30).map(f64::from).collect();
    let chart = Chart {
        y: Axis::of_names(names),
        series: vec![Series::bars(String::new(), Hue::Own(0), &lengths)],
        ..Chart::default()
    };
    let drawn = chart_text(&chart, 40, 10, Pen::Braille, &words());
    assert_eq!(drawn.lines().count(), 10, "{drawn}");
    assert!(drawn.ends_with("+ 21\n"), "{drawn}");
}

/// A name of which one series knows nothing takes no empty row.
#[test]
fn bars_that_are_not_known_take_no_row() {
    let mut chart = bars();
    chart.series.push(Series::bars("lain".to_owned(), Hue::Quiet, &[f64::NAN, 1.0, f64::NAN]));
    let drawn = chart_text(&chart, 60, 20, Pen::Signs, &words());
    assert_eq!(drawn.lines().count(), 2 + 4, "{drawn}");
    assert!(!drawn.contains("NaN"), "{drawn}");
}

/// A value as it may come out of a division, or worse.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => -1e3..1e3_f64,
        1 => any::<f64>(),
        1 => prop::sample::select(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0, f64::MAX, 5e-324]),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[ -~]{0,40}", "\\PC{0,12}", ".{0,12}"]
}

fn axis() -> impl Strategy<Value = Axis> {
    let unit = prop::sample::select(vec![Unit::Number, Unit::Count, Unit::Share, Unit::Days, Unit::Rupiah]);
    let scale = prop::sample::select(vec![Scale::Linear, Scale::Log]);
    let end = || prop::option::weighted(0.3, number());
    (text(), unit, scale, end(), end()).prop_map(|(label, unit, scale, from, to)| Axis {
        label,
        unit,
        scale,
        from,
        to,
        names: Vec::new(),
    })
}

fn series() -> impl Strategy<Value = Series> {
    let draw = prop::sample::select(vec![Draw::Steps, Draw::Line, Draw::Points, Draw::Bars]);
    let hue = prop_oneof![(0..40_usize).prop_map(Hue::Own), Just(Hue::Quiet), Just(Hue::Alarm)];
    let points = prop::collection::vec((number(), number(), prop::option::of(text())), 0..8);
    let band = prop::collection::vec((number(), number(), number()), 0..5);
    (text(), draw, hue, points, band).prop_map(|(name, draw, hue, points, band)| Series {
        name,
        draw,
        hue,
        points: points.into_iter().map(|(x, y, label)| Point { x, y, label }).collect(),
        band: band.into_iter().map(|(x, low, high)| Bounds { x, low, high }).collect(),
    })
}

fn chart() -> impl Strategy<Value = Chart> {
    let names = prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(text(), 1..6)];
    let rule = (any::<bool>(), number(), text()).prop_map(|(is_x, at, label)| Rule {
        axis: if is_x { Across::X } else { Across::Y },
        at,
        label,
    });
    let rules = prop::collection::vec(rule, 0..3);
    (text(), text(), axis(), axis(), names, prop::collection::vec(series(), 0..4), rules).prop_map(
        |(title, note, x, y, names, series, rules)| Chart {
            title,
            note,
            x,
            y: Axis { names, ..y },
            series,
            rules,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn any_chart_fits_any_place(chart in chart(), columns in 0..130_usize, rows in 0..50_usize) {
        for pen in [Pen::Braille, Pen::Signs] {
            let drawn = chart_cells(&chart, columns, rows, pen, &words());
            prop_assert!(drawn.len() <= rows, "{} rows of {rows}", drawn.len());
            for row in &drawn {
                let mut end = 0;
                for piece in row {
                    prop_assert!(piece.column >= end, "a piece over another: {row:?}");
                    end = piece.column + safe::width(&piece.text);
                }
                prop_assert!(end <= columns, "{end} columns of {columns}: {row:?}");
            }
            prop_assert_eq!(&drawn, &chart_cells(&chart, columns, rows, pen, &words()));
        }
    }

    #[test]
    fn any_chart_is_a_sound_picture(chart in chart(), width in 0..2_000_u32, height in 0..2_000_u32) {
        let size = Size { width, height };
        let svg = chart_svg(&chart, size, &words());
        prop_assert!(!svg.contains("NaN") || chart.title.contains("NaN"), "{svg}");
        prop_assert!(!svg.contains("inf\"") && !svg.contains("inf "), "{svg}");
        well_formed(&svg);
        prop_assert_eq!(svg, chart_svg(&chart, size, &words()));
    }
}

/// Every element that opens closes, in order, and no text holds a character that XML forbids.
fn well_formed(svg: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>').expect("a tag ends");
        let tag = &rest[start + 1..end];
        let name = tag.trim_start_matches('/').split([' ', '/']).next().expect("a tag has a name");
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        match (tag.starts_with('/'), tag.ends_with('/')) {
            (true, _) => assert_eq!(open.pop(), Some(name), "{svg}"),
            (false, true) => {}
            (false, false) => open.push(name),
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty(), "{open:?} in {svg}");
    assert!(!svg.contains(|c: char| c < ' ' && c != '\n'), "{svg:?}");
    for (at, _) in svg.match_indices('&') {
        let entity = svg[at..].split_inclusive(';').next().unwrap_or_default();
        assert!(["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"].contains(&entity), "{entity} in {svg}");
    }
}
