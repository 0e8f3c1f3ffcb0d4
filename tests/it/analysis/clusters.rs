//! From claims, companies and files to described groups.

use super::data::soybean;
use jiff::civil::{Date, date};
use santun::analysis::features::{FEATURES, Kind, Level, PRESETS, TakesNumbers, default_preset, preset};
use santun::analysis::input::{InputChoice, InputError, table_from_texts};
use santun::analysis::prepare::{Coding, Label, Scale};
use santun::analysis::quality::{ChoiceLimits, Verdict};
use santun::analysis::summary::{CentreValue, Trait};
use santun::analysis::table::Unit;
use santun::analysis::{
    Argument, Checks, ClaimCase, ClusterError, Clustering, CompanyYear, Course, Engine, Groups, Method,
    Prepared, Request, SecondOpinion, Watch, claim_table, cluster, company_table,
};
use santun::words::{Lang, Words};

const TODAY: Date = date(2026, 10, 30);

fn quick(method: Method, k: usize) -> Request {
    let limits =
        ChoiceLimits { most_clusters: 5, most_rows: 300, n_bootstraps: 6, n_references: 5, n_runs: 3 };
    Request { limits, ..Request::new(method, Groups::Fixed(k)) }
}

fn run(prepared: &Prepared, request: Request) -> Clustering {
    cluster(prepared, request, Watch::silent()).unwrap()
}

/// Two sorts of accident: hands in machines, which are quick and cheap, and legs in traffic, slow and dear. Every
/// fifth case is still open.
fn cases() -> Vec<ClaimCase> {
    (0..200_i32)
        .map(|n| {
            let in_traffic = n % 4 == 0;
            let text =
                |machine: &str, traffic: &str| Some(if in_traffic { traffic } else { machine }.to_owned());
            let closed = n % 5 != 1;
            ClaimCase {
                claim_no: format!("K{n:03}"),
                npp: Some("N1".into()),
                company: Some(format!("PT {}", n % 7)),
                facility: None,
                place: text("WORKPLACE", "TRAFFIC"),
                kind: text("CAUGHT", "STRUCK_BY"),
                source: text("MACHINE", "VEHICLE"),
                body_part: if n % 10 == 3 { None } else { text("HAND", "LEG") },
                time_band: Some(["06-12", "12-18", "18-24"][n as usize % 3].into()),
                segment: Some("PU".into()),
                outcome: Some(if closed { "SEMBUH" } else { "BEROBAT" }.into()),
                course: Some(if closed { Course::Recovered } else { Course::UnderTreatment }),
                days_to_report: Some(1 + n % 3),
                days_to_complete: Some(if in_traffic { 90 + n % 11 } else { 20 + n % 7 }),
                days_to_pay: Some(if in_traffic { 30 + n % 5 } else { 5 + n % 2 }),
                days_off: Some(if in_traffic { 60 + n % 13 } else { 3 + n % 4 }),
                paid_or_determined_rupiah: if in_traffic { 9_000_000 } else { 1_000_000 },
                closed,
                event_date: if n % 2 == 0 { date(2025, 3, 1) } else { date(2024, 8, 9) },
            }
        })
        .collect()
}

#[test]
fn circumstances_fall_into_the_planted_sorts() {
    let cases = cases();
    let prepared = claim_table(&cases, default_preset(Level::Claim, TakesNumbers::No), TODAY);
    let result = run(&prepared, quick(Method::KModes, 2));
    assert_eq!((result.rows, result.k, result.labels.len()), (200, 2, 200));
    assert_eq!(result.columns, ["kind", "source", "body_part", "place", "time_band"]);
    assert!(result.labels.iter().enumerate().all(|(n, &id)| id == if n % 4 == 0 { 2 } else { 1 }));
    let [machines, traffic] = &result.clusters[..] else { panic!("two clusters") };
    assert_eq!((machines.id, machines.size, traffic.id, traffic.size), (1, 150, 2, 50));
    assert_eq!(traffic.share, 0.25);
    // 50 × 9 million of 50 × 9 + 150 × 1 million.
    assert!((traffic.money_share.unwrap() - 0.75).abs() < 1e-12);
    let kind = &traffic.categories[0];
    assert_eq!(
        (kind.name.as_str(), kind.dominant.as_str(), kind.n, kind.share),
        ("kind", "STRUCK_BY", 50, 1.0)
    );
    assert!((kind.lift.unwrap() - 4.0).abs() < 1e-12);
    let Trait::Category { lift, .. } = &traffic.name[0] else {
        panic!("named by a category: {:?}", traffic.name)
    };
    assert!(*lift > 3.0 && traffic.name.len() == 3);
    let title = traffic.title(&Words::new(Lang::Id));
    assert!(title.starts_with("Corak kecelakaan STRUCK_BY (4,0×) · "), "{title}");
    assert_eq!(traffic.centre.0[1], ("source".into(), CentreValue::Category(Label::Value("VEHICLE".into()))));
    assert_eq!(traffic.representatives.len(), 3);
    let days_off = traffic.numbers.iter().find(|number| number.name == "days_off").unwrap();
    assert_eq!(days_off.n, 40, "open cases have no finished days off");
    assert!(days_off.median >= 60.0 && days_off.p90 >= days_off.median && days_off.difference > 1.0);
    let recovered = traffic.recovered.unwrap();
    assert!((recovered.share - 0.8).abs() < 1e-12 && recovered.low < 0.8 && 0.8 < recovered.high);
    assert!((traffic.under_treatment.unwrap().share - 0.2).abs() < 1e-12);
    assert!(traffic.severity_index.unwrap() > 250.0 && machines.severity_index.unwrap() < 50.0);
    assert_eq!(result.verdict, Some(Verdict::Groups));
    assert!(result.scores.stability.unwrap() > 0.9 && result.scores.silhouette > 0.5);
    assert_eq!(result.notes.last().unwrap().key, "analysis-note-no-cause");
}

#[test]
fn numbers_are_taken_of_finished_cases_only_and_the_rest_is_counted() {
    let mut cases = cases();
    cases[0].event_date = date(2025, 10, 30);
    cases[2].event_date = date(2025, 10, 31);
    let prepared = claim_table(&cases, default_preset(Level::Claim, TakesNumbers::Yes), TODAY);
    // 40 of 200 are open, and case 2 is one day too young; case 0 is twelve months old to the day.
    assert_eq!(prepared.table.n_rows(), 159);
    let note = prepared.notes.iter().find(|note| note.key == "analysis-note-immature").unwrap();
    let counts: Vec<&Argument> = note.arguments.iter().map(|(_, argument)| argument).collect();
    assert_eq!(counts, [&Argument::Count(41), &Argument::Count(40), &Argument::Count(1)]);
    let result = run(&prepared, quick(Method::KMeans, 2));
    assert_eq!(result.clusters.iter().map(|cluster| cluster.size).collect::<Vec<_>>(), [119, 40]);
    assert!(
        result.clusters[1]
            .name
            .iter()
            .any(|part| matches!(part, Trait::High { .. } | Trait::Category { .. }))
    );
    let CentreValue::Number { value, .. } = result.clusters[1].centre.0[3].1 else { panic!("a number") };
    assert!((60.0..73.0).contains(&value), "the centre in days: {value}");
}

#[test]
fn money_names_no_cluster_and_is_in_no_default() {
    for level in [Level::Claim, Level::Company] {
        for takes in [TakesNumbers::Yes, TakesNumbers::No] {
            let preset = default_preset(level, takes);
            for feature in FEATURES.iter().filter(|f| f.level == level && preset.features.contains(&f.name)) {
                assert!(!matches!(feature.kind, Kind::Number { unit: Unit::Rupiah, .. }), "{}", feature.name);
            }
        }
    }
    let prepared = claim_table(&cases(), preset(Level::Claim, "cost").unwrap(), TODAY);
    let result = run(&prepared, quick(Method::KMeans, 2));
    assert!(result.columns.contains(&"cost".to_owned()));
    for part in result.clusters.iter().flat_map(|cluster| &cluster.name) {
        assert!(!matches!(part, Trait::High { name, .. } | Trait::Low { name, .. } if name == "cost"));
    }
}

#[test]
fn every_preset_is_made_of_features_that_have_a_name() {
    let words = [Words::new(Lang::Id), Words::new(Lang::En)];
    for preset in PRESETS {
        for name in preset.features {
            let known =
                FEATURES.iter().find(|feature| feature.level == preset.level && feature.name == *name);
            assert!(known.is_some(), "{}: {name}", preset.name);
        }
        assert!(words.iter().all(|words| words.has(preset.key)), "{}", preset.key);
    }
    assert!(FEATURES.iter().all(|feature| words.iter().all(|words| words.has(feature.key))));
}

#[test]
fn companies_are_weighed_by_worker_years_and_small_ones_do_not_stand_out() {
    let company = |n: u32, exposure: f64, claims: u32| CompanyYear {
        npp: format!("N{n:03}"),
        company: format!("PT {n}"),
        risk_group: Some("II".into()),
        exposure,
        claims,
        events: claims,
        closed: claims,
        closed_rupiah: i64::from(claims) * 2_000_000,
        closed_days_off: u64::from(claims) * 7,
        recovered: claims / 2,
        ..CompanyYear::default()
    };
    let mut companies: Vec<CompanyYear> = (0..40).map(|n| company(n, 500.0, 5 + n % 3)).collect();
    companies.extend((40..50).map(|n| company(n, 500.0, 60 + n % 5)));
    companies.push(company(50, 1.0, 1));
    companies.push(company(51, 0.0, 3));
    let prepared = company_table(&companies, default_preset(Level::Company, TakesNumbers::Yes));
    assert_eq!(prepared.table.n_rows(), 51, "no headcount, no rate");
    let result = run(&prepared, quick(Method::KMeans, 2));
    let rate = &prepared.table.numbers()[0].values[50];
    assert!((0.01..0.1).contains(rate), "one claim of one worker-year is no rate of 1: {rate}");
    let frequent = &result.clusters[1];
    assert!(frequent.size <= 11 && result.labels[40..50].iter().all(|&id| id == 2), "{:?}", result.labels);
    assert!(frequent.frequency_index.unwrap() > 200.0);
    assert!((frequent.weight_share.unwrap() - 10.0 / 50.0).abs() < 1e-3);
    let notes: Vec<&str> = result.notes.iter().map(|note| note.key).collect();
    assert!(notes.contains(&"analysis-note-no-headcount") && notes.contains(&"analysis-note-constant"));
}

fn texts(rows: &[&[&str]]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.iter().map(|&cell| cell.to_owned()).collect()).collect()
}

fn heads(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

#[test]
fn a_file_of_codes_reaches_the_published_cost() {
    let data = soybean();
    let heads: Vec<String> = (1..=35).map(|n| format!("a{n}")).collect();
    let rows: Vec<Vec<String>> =
        data.rows().into_iter().map(|row| row.iter().map(u8::to_string).collect()).collect();
    let (table, notes) = table_from_texts(&heads, &rows, &InputChoice::default(), TakesNumbers::No).unwrap();
    let request =
        Request { coding: Coding::AsIs, n_runs: 20, checks: Checks::Few, ..quick(Method::KModes, 4) };
    let result = run(&Prepared::plain(table, notes), request);
    assert_eq!((result.cost, result.verdict, result.scores.stability), (199.0, None, None));
    assert_eq!(result.clusters.iter().map(|cluster| cluster.size).sum::<usize>(), 47);
}

#[test]
fn a_file_of_numbers_as_it_is_has_the_known_cost_and_linfa_agrees() {
    let data = super::data::iris();
    let rows: Vec<Vec<String>> =
        data.rows().into_iter().map(|row| row.iter().map(f64::to_string).collect()).collect();
    let heads = heads(&["sl", "sw", "pl", "pw"]);
    let (table, notes) = table_from_texts(&heads, &rows, &InputChoice::default(), TakesNumbers::Yes).unwrap();
    let prepared = Prepared::plain(table, notes);
    let request = Request {
        scale: Scale::None,
        second_opinion: SecondOpinion::Ask,
        checks: Checks::Few,
        ..quick(Method::KMeans, 3)
    };
    let ours = run(&prepared, request);
    assert!((ours.cost - 78.8514).abs() < 1e-4);
    assert!((ours.scores.second_cost.unwrap() - ours.cost).abs() < 1e-4);
    let linfa = run(&prepared, Request { engine: Engine::Linfa, ..request });
    assert_eq!((linfa.engine, linfa.scores.second_cost), (Engine::Linfa, None));
    assert!((linfa.cost - ours.cost).abs() < 1e-4);
    assert_eq!(ours, run(&prepared, request), "the same again");
    let auto = run(&prepared, Request { groups: Groups::Auto, checks: Checks::Full, ..request });
    let choice = auto.choice.as_ref().unwrap();
    assert_eq!((auto.k, choice.rows.len()), (choice.k, 5));
}

#[test]
fn columns_are_chosen_dropped_and_logged_by_name() {
    let head = heads(&["id", "x", "y", "town"]);
    let rows =
        texts(&[&["1", "10", "0.5", "Solo"], &["2", "", "0.7", "Tegal"], &["3", "1000", "0.9", "Solo"]]);
    let choice =
        InputChoice { columns: vec![], drop: heads(&["id"]), log: heads(&["x"]), ..InputChoice::default() };
    let (table, _) = table_from_texts(&head, &rows, &choice, TakesNumbers::Yes).unwrap();
    let names: Vec<&str> = table.numbers().iter().map(|column| column.name.as_str()).collect();
    assert_eq!((names, table.categories()[0].labels.clone()), (vec!["x", "y"], heads(&["Solo", "Tegal"])));
    assert!(table.numbers()[0].values[1].is_nan());
    let only = InputChoice { columns: heads(&["y"]), ..InputChoice::default() };
    let (table, _) = table_from_texts(&head, &rows, &only, TakesNumbers::Yes).unwrap();
    assert_eq!((table.numbers().len(), table.categories().len()), (1, 0));
    let unknown = InputChoice { drop: heads(&["z"]), ..InputChoice::default() };
    let refused = table_from_texts(&head, &rows, &unknown, TakesNumbers::Yes).unwrap_err();
    assert_eq!(refused, InputError::UnknownColumn("z".into()));
    let ragged = texts(&[&["1", "10", "0.5", "Solo"], &["2"]]);
    let refused = table_from_texts(&head, &ragged, &InputChoice::default(), TakesNumbers::Yes).unwrap_err();
    assert_eq!(refused, InputError::RaggedRow(2));
}

#[test]
fn what_cannot_be_grouped_is_refused_and_too_few_rows_are_said() {
    let table = |rows: &[&[&str]]| {
        table_from_texts(&heads(&["x"]), &texts(rows), &InputChoice::default(), TakesNumbers::Yes).unwrap().0
    };
    let refuse = |rows: &[&[&str]], request| {
        cluster(&Prepared::plain(table(rows), vec![]), request, Watch::silent()).unwrap_err()
    };
    let request = quick(Method::KMeans, 2);
    assert!(matches!(refuse(&[], request), ClusterError::Nothing));
    assert!(matches!(refuse(&[&["1"], &["1"]], request), ClusterError::Nothing));
    let linfa = Request { engine: Engine::Linfa, ..quick(Method::KModes, 2) };
    assert!(matches!(refuse(&[&["1"], &["2"]], linfa), ClusterError::NoSuchEngine));
    assert!(matches!(refuse(&[&["1"], &["2"]], quick(Method::KMeans, 0)), ClusterError::KMeans(_)));
    let few = run(&Prepared::plain(table(&[&["1"], &["1"], &["5"]]), vec![]), quick(Method::KMeans, 3));
    assert_eq!(few.clusters[0].title(&Words::new(Lang::En)), "x low");
    assert_eq!((few.k, few.labels.as_slice(), few.cost), (2, [1, 1, 2].as_slice(), 0.0));
    assert!(few.notes.iter().any(|note| note.key == "analysis-note-fewer"));
}
