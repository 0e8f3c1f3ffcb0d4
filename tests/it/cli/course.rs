//! The course of cases on the small branch: counts are those of the list under the same filter, money is that of its
//! claims, the chart is a file of its own.

use serde_json::Value;

use super::branch::Office;
use super::shape::faults;

/// Cases of the list under a filter, beside the work accidents that count.
fn listed(office: &Office, filter: &str) -> Vec<Value> {
    let filter = format!("program = jkk dan status != ditolak dan status != batal{filter}");
    office.json(&["claims", "--where", &filter]).as_array().expect("an array").clone()
}

fn whole(value: &Value) -> usize {
    usize::try_from(value.as_u64().expect("a count")).expect("small")
}

#[test]
fn counts_are_those_of_the_list() {
    let office = Office::looking();
    let all = &office.json(&["course"])["groups"][0];
    let found = office.json(&["course"]);
    let unseen = whole(&found["left_out"]["unseen"]) + whole(&found["left_out"]["undated"]);
    assert_eq!(whole(&all["cases"]) + unseen, listed(&office, "").len());
    assert!(whole(&all["cases"]) > 60, "{all}");
    for (place, filter) in [
        (0, " dan kondisi = sembuh"),
        (1, " dan (kondisi = cacat_anatomis atau kondisi = cacat_fungsi atau kondisi = cacat_total)"),
        (2, " dan kondisi = meninggal"),
    ] {
        let ended = whole(&all["outcomes"][place]["cases"]);
        let n_listed = listed(&office, filter).len();
        assert!(ended <= n_listed && ended + unseen >= n_listed, "{filter}: {ended} of {n_listed}");
    }
    let long = listed(&office, " dan kondisi = berobat dan umur_berobat >= 12 bln").len();
    assert_eq!(whole(&all["open_12_months"]), long);
}

/// Mean, median and P90 of what the closed and recovered claims of the list were paid.
#[test]
fn money_is_that_of_the_closed_claims() {
    let office = Office::looking();
    let claims = listed(&office, " dan kondisi = sembuh dan status = selesai");
    let mut paid: Vec<i64> = claims.iter().map(|claim| claim["paid"].as_i64().expect("rupiah")).collect();
    paid.sort_unstable();
    let found = office.json(&["course"]);
    assert_eq!(whole(&found["left_out"]["unseen"]), 0, "else the list holds more than the course");
    let cost = &found["groups"][0]["outcomes"][0]["cost"];
    let last = paid.len() - 1;
    let at = |part: f64| {
        let place = last as f64 * part;
        let (low, high) = (paid[place.floor() as usize] as f64, paid[place.ceil() as usize] as f64);
        (low + (high - low) * place.fract()).round() as i64
    };
    assert_eq!(whole(&cost["cases"]), paid.len());
    let mean = paid.iter().sum::<i64>() as f64 / paid.len() as f64;
    assert_eq!(cost["mean"].as_i64(), Some(mean.round() as i64));
    assert_eq!((cost["median"].as_i64(), cost["p90"].as_i64()), (Some(at(0.5)), Some(at(0.9))));
}

const SHAPE: &str = "
    until date
    by text
    left_out.void int
    left_out.undated int
    left_out.unseen int
    groups[].name text
    groups[].cases int
    groups[].open int
    groups[].open_6_months int
    groups[].open_12_months int
    groups[].open_24_months int
    groups[].median_days int|null
    groups[].median_low int|null
    groups[].median_high int|null
    groups[].observed_until_day int|null maybe
    groups[].outcomes[].outcome text
    groups[].outcomes[].cases int
    groups[].outcomes[].shares[].day int
    groups[].outcomes[].shares[].share number
    groups[].outcomes[].shares[].low number|null
    groups[].outcomes[].shares[].high number|null
    groups[].outcomes[].cost null maybe
    groups[].outcomes[].cost.cases int
    groups[].outcomes[].cost.mean int
    groups[].outcomes[].cost.median int
    groups[].outcomes[].cost.p90 int
    tests.groups int
    tests.recovered.chi_square number
    tests.recovered.degrees int
    tests.recovered.p number
    tests.disabled null maybe
    tests.disabled.chi_square number maybe
    tests.disabled.degrees int maybe
    tests.disabled.p number maybe
    tests.dead null maybe
    tests.dead.chi_square number maybe
    tests.dead.degrees int maybe
    tests.dead.p number maybe
    tests.end_of_treatment.chi_square number
    tests.end_of_treatment.degrees int
    tests.end_of_treatment.p number
";

#[test]
fn json_has_its_shape() {
    let found = Office::looking().json(&["course", "--by", "corak", "--limit", "3"]);
    assert_eq!(faults(&found, SHAPE), Vec::<String>::new(), "{found:#}");
}

/// The small branch's course as it is printed: a changed number is seen here first.
#[test]
fn the_course_is_as_printed() {
    let office = Office::looking();
    insta::assert_snapshot!(
        "course-id",
        office.run(&["perjalanan", "--by", "tempat", "--at", "30,365"]).ok()
    );
    insta::assert_snapshot!("course-en", office.run(&["--lang", "en", "course", "--at", "90"]).ok());
    insta::assert_snapshot!("course-csv", office.run(&["course", "--at", "90", "--format", "csv"]).ok());
}

#[test]
fn nothing_to_follow_is_said() {
    let said = Office::empty().run(&["course"]).ok();
    assert!(said.contains("Tidak ada kasus JKK"), "{said}");
    let office = Office::looking();
    let said = office.run(&["course", "--where", "program = jht", "--by", "faskes"]).ok();
    assert!(said.contains("Tidak ada kasus JKK"), "{said}");
}

/// A case that ended before it was reported tells nothing where observation begins with the report.
#[test]
fn observation_can_begin_with_the_report() {
    let office = Office::looking();
    let cases = |args: &[&str]| {
        let found = office.json(args);
        (whole(&found["groups"][0]["cases"]), whole(&found["left_out"]["unseen"]))
    };
    let (books, report) = (cases(&["course"]), cases(&["course", "--observed", "laporan"]));
    assert!(report.1 > books.1, "{books:?} {report:?}");
    assert_eq!(books.0 + books.1, report.0 + report.1);
}

#[test]
fn the_chart_is_a_file_that_is_not_written_over() {
    let office = Office::looking();
    let file = office.frozen.path("course.svg");
    let name = file.to_str().expect("a plain name");
    office.run(&["course", "--svg", name]).ok();
    let svg = std::fs::read_to_string(&file).expect("it was written");
    assert!(svg.starts_with("<svg ") && svg.contains("sembuh") && svg.contains("meninggal"), "{svg}");
    assert_eq!(office.run(&["course", "--svg", name]).code, 2);
    office.run(&["course", "--by", "place", "--svg", name, "--force"]).ok();
    let by_place = std::fs::read_to_string(&file).expect("it was written again");
    assert!(by_place != svg && by_place.contains("tempat kejadian"), "{by_place}");
}

#[test]
fn groups_and_companies_have_charts_as_files_too() {
    let office = Office::looking();
    let file = office.frozen.path("chart.svg");
    let name = file.to_str().expect("a plain name");
    let groups = ["cluster", "claims", "--k", "2", "--runs", "1", "--svg", name, "--force"];
    let choice = ["cluster", "claims", "--runs", "1", "--chart", "kurva", "--svg", name, "--force"];
    for (command, more, wanted) in [
        (&["rank", "companies", "--svg", name, "--force"][..], &[][..], "99,8 %"),
        (&["rank", "companies", "--svg", name, "--force"][..], &["--lang", "en"][..], "99,8 %"),
        (&choice[..], &[][..], ">0,9<"),
        (&choice[..], &["--lang", "en"][..], ">0,9<"),
        (&groups[..], &[][..], "komponen 1"),
        (&groups[..], &["--group", "2"][..], "Kelompok 2 dari 2"),
        (&groups[..], &["--chart", "profil"][..], "Kelompok 1 dari 2"),
    ] {
        office.run(&[command, more].concat()).ok();
        let svg = std::fs::read_to_string(&file).expect("it was written");
        assert!(svg.starts_with("<svg ") && svg.contains(wanted), "{wanted} in {svg}");
    }
    let refused = office.run(&[&groups[..], &["--chart", "kurva"]].concat());
    assert!(refused.code == 2 && refused.stderr.contains("--k auto"), "{}", refused.stderr);
}

/// What `--limit` takes: more groups would make the tests between them endless.
#[test]
fn the_number_of_groups_has_bounds() {
    let office = Office::looking();
    for (limit, code) in [("0", 2), ("1", 0), ("50", 0), ("51", 2), ("1000000", 2)] {
        let found = office.run(&["course", "--by", "kind", "--limit", limit]);
        assert_eq!(found.code, code, "{limit}: {}", found.stderr);
        assert!(code == 0 || found.stderr.contains("1 sampai 50"), "{}", found.stderr);
    }
}
