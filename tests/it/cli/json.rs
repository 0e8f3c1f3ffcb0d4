//! The JSON shapes that are stable since 0.1: every key, its type, and that personal numbers stay behind a mask.

use serde_json::Value;

use super::branch::{Office, branch};
use super::csv_files::Files;
use super::shape::faults;

const CLAIMS: &str = "
    claim_no text
    programme text
    status text
    regulator_status text|null
    outcome text|null
    event_date date
    reported_date date|null
    npp text
    company text
    asked int
    determined int
    paid int
    waiting int
    vouchers[] text";

const CLAIM: &str = "
    claim_no text
    revision int
    programme text
    segment text
    status text
    outcome text|null
    worker text
    id_kind text
    id_no text
    kpj text
    npp text
    company text
    event_date date
    reported_date date|null
    filed_date date|null
    complete_date date|null
    registered month
    documents[].document text maybe
    documents[].received date maybe
    documents[].archive text maybe
    lines[].line int
    lines[].component text
    lines[].from date|null maybe
    lines[].to date|null maybe
    lines[].payee_kind text
    lines[].payee text
    lines[].bank text
    lines[].account text
    lines[].asked int
    lines[].complete_date date|null
    lines[].determined int|null
    lines[].determined_date date|null
    lines[].paid int
    lines[].voucher text|null maybe
    lines[].paid_date date|null maybe";

const VOUCHERS: &str = "
    code text
    kind text
    series text|null
    seq int|null
    period month
    date date
    status text
    claims[] text
    payee text
    gross int
    pph int
    rounding int
    net int
    void null maybe
    void.date date
    void.period month
    void.reason text";

/// What one voucher has besides.
const WHOLE_VOUCHER: &str = "
    bank text
    account text
    payments[].no int
    payments[].date date
    payments[].amount int
    payments[].reference text
    payments[].status text
    payments[].returned date|null maybe";

const REPORT: &str = "
    period month
    as_of date
    status text
    sample bool
    office.code text
    office.name text
    cases.open_start int
    cases.registered int
    cases.restored int
    cases.closed_paid int
    cases.rejected int
    cases.cancelled int
    cases.open_end int
    payable.start int
    payable.determined int
    payable.corrected int
    payable.paid int
    payable.returned int
    payable.end int
    regulator[].status text
    regulator[].count int
    regulator[].amount int
    outcomes[].outcome text
    outcomes[].new int
    outcomes[].standing int
    scholarships int
    ages[].months text
    ages[].open int
    ages[].under_treatment int
    programmes[].programme text
    programmes[].open_end int
    programmes[].registered int
    programmes[].lines int
    programmes[].determined int
    programmes[].corrected int
    programmes[].paid int
    programmes[].returned int
    components[].component text|null
    components[].registered int
    components[].lines int
    components[].determined int
    components[].corrected int
    components[].paid int
    components[].returned int
    companies[].npp text
    companies[].company text
    companies[].registered int
    companies[].lines int
    companies[].determined int
    companies[].corrected int
    companies[].paid int
    companies[].returned int
    companies_rest.count int
    companies_rest.registered int
    companies_rest.lines int
    companies_rest.determined int
    companies_rest.corrected int
    companies_rest.paid int
    companies_rest.returned int
    companies_none.registered int
    companies_none.lines int
    companies_none.determined int
    companies_none.corrected int
    companies_none.paid int
    companies_none.returned int
    facilities[].facility text
    facilities[].registered int
    facilities[].lines int
    facilities[].determined int
    facilities[].corrected int
    facilities[].paid int
    facilities[].returned int
    facilities_rest.count int
    facilities_rest.registered int
    facilities_rest.lines int
    facilities_rest.determined int
    facilities_rest.corrected int
    facilities_rest.paid int
    facilities_rest.returned int
    facilities_none.registered int
    facilities_none.lines int
    facilities_none.determined int
    facilities_none.corrected int
    facilities_none.paid int
    facilities_none.returned int
    segments[].segment text|null
    segments[].registered int
    segments[].lines int
    segments[].determined int
    segments[].corrected int
    segments[].paid int
    segments[].returned int
    places[].place text|null
    places[].registered int
    places[].lines int
    places[].determined int
    places[].corrected int
    places[].paid int
    places[].returned int
    vouchers.count int
    vouchers.gross int
    vouchers.pph int
    vouchers.rounding int
    vouchers.net int
    vouchers.voided_here int
    vouchers.voided_here_gross int
    vouchers.void_of_earlier_months int
    vouchers.void_of_earlier_months_gross int
    vouchers.gaps[].series text maybe
    vouchers.gaps[].missing[] int maybe
    tie_out.benefits int
    tie_out.vouchers int
    tie_out.payments int
    tie_out.cash int
    tie_out.timing.waiting_voucher int
    tie_out.timing.waiting_voucher_count int
    tie_out.timing.waiting_payment int
    tie_out.timing.waiting_payment_count int
    tie_out.unmatched[].kind text maybe
    tie_out.unmatched[].ref text maybe
    tie_out.unmatched[].amount int maybe
    tie_out.unmatched[].vouchers[] text maybe
    tie_out.difference int
    tie_out.remainder.benefits_vouchers int
    tie_out.remainder.vouchers_payments int
    tie_out.remainder.payments_cash int
    clocks[].clock text
    clocks[].in_time int
    clocks[].late int
    clocks[].cannot_tell int
    clocks[].late_days int
    clocks[].cost int
    late_entries[].kind text maybe
    late_entries[].count int maybe
    late_entries[].amount int maybe
    comparison[].measure text
    comparison[].unit text
    comparison[].this_month int
    comparison[].last_month int
    comparison[].same_month_last_year int
    comparison[].year_to_date int";

const COMPARISON: &str = "
    method text
    k int
    seed int
    here int
    there int
    chi_square number
    freedom int
    p number
    groups[].id int
    groups[].here int
    groups[].there int
    groups[].difference number
    groups[].low number
    groups[].high number
    groups[].sure bool";

const CONSENSUS: &str = "
    rows int
    left_out int
    agreement number
    agreed_rows int
    kmeans.k int
    kmeans.seed int
    kmodes.k int
    kmodes.seed int
    pairs[].kmeans int
    pairs[].kmodes int
    pairs[].rows int
    pairs[].expected number
    pairs[].lift number
    pairs[].residual number
    pairs[].chance number
    pairs[].agreed bool";

const CLUSTERS: &str = "
    method text
    k int
    seed int
    runs int
    rows int
    columns[] text
    cost number
    iterations int
    scores.silhouette number|null
    scores.stability number|null
    scores.second_opinion_cost number|null maybe
    scores.clear_groups bool|null maybe
    scores.gamma number|null maybe
    scores.share_of_numbers number|null maybe
    clusters[].id int
    clusters[].size int
    clusters[].share number
    clusters[].profile.money_share number|null
    clusters[].profile.frequency_index number|null maybe
    clusters[].profile.severity_index number|null
    clusters[].profile.recovered number|null maybe
    clusters[].profile.under_treatment number|null maybe
    clusters[].profile.silhouette number
    clusters[].profile.stability number|null maybe
    clusters[].profile.representatives[] text
    clusters[].profile.numbers[].name text maybe
    clusters[].profile.numbers[].mean number maybe
    clusters[].profile.numbers[].median number maybe
    clusters[].profile.numbers[].p90 number maybe
    clusters[].profile.numbers[].difference number maybe
    clusters[].profile.categories[].name text
    clusters[].profile.categories[].dominant text
    clusters[].profile.categories[].share number
    clusters[].profile.categories[].lift number|null";

const RANKING: &str = "
    npp text
    company text
    exposure number
    claims int
    events int
    expected number
    index number
    raw_rate number
    rate number
    z number
    low number
    high number
    above_double number
    sure bool
    mean_cost int|null";

const FSCK: &str = "
    ok bool
    events int
    head text
    problems[].code text maybe
    problems[].place text maybe
    problems[].text text maybe";

#[track_caller]
fn check(value: &Value, table: &str) {
    assert_eq!(faults(value, table), [""; 0], "{value:#}");
}

#[test]
fn lists_and_one_claim() {
    let office = Office::looking();
    check(&office.json(&["claims"]), CLAIMS);
    check(&office.json(&["voucher", "list"]), VOUCHERS);
    let first = office.waiting_claims().remove(0);
    check(&office.json(&["claim", "show", &first]), CLAIM);
    let one = office.json(&["voucher", "show", "JP-J03-2610-00001-DH"]);
    let listed: Vec<&str> = VOUCHERS.lines().filter(|line| !line.contains("void.")).collect();
    check(&one, &[&listed.join("\n"), WHOLE_VOUCHER].concat());
    assert_eq!(one["void"], Value::Null);
}

#[test]
fn the_report() {
    let office = Office::looking();
    for period in ["2026-09", "2026-10"] {
        let report = office.json(&["report", period]);
        check(&report, REPORT);
        assert_eq!(report["period"], period);
    }
    assert_eq!(office.json(&["report", "2026-09"])["status"], "history");
    assert_eq!(office.json(&["report", "10/2026"])["status"], "provisional");
}

#[test]
fn clusters_ranking_fsck() {
    let office = Office::looking();
    let modes = office.json(&["cluster", "claims", "--k", "3"]);
    check(&modes, &format!("{CLUSTERS}\n clusters[].mode.* text"));
    assert!(modes.get("labels").is_none());
    let arguments = ["cluster", "companies", "--method", "k-means", "--k", "2", "--labels"];
    let means = office.json(&arguments);
    check(&means, &format!("{CLUSTERS}\n clusters[].centre.* number\n labels[] int"));
    let labels = means["labels"].as_array().expect("an array");
    assert_eq!(Some(labels.len() as u64), means["rows"].as_u64());
    let both = office.json(&["cluster", "claims", "--consensus", "--k", "3"]);
    check(&both, CONSENSUS);
    let pairs = both["pairs"].as_array().expect("an array").iter();
    assert_eq!(
        pairs.filter_map(|pair| pair["rows"].as_u64()).sum::<u64>(),
        both["rows"].as_u64().expect("a count")
    );
    let (before, since) = ("kejadian < 01/01/2026", "kejadian >= 01/01/2026");
    let periods = office.json(&["cluster", "claims", "--where", before, "--against", since, "--k", "3"]);
    check(&periods, COMPARISON);
    let of = |which: &str| {
        let groups = periods["groups"].as_array().expect("an array").iter();
        Some(groups.filter_map(|group| group[which].as_u64()).sum::<u64>())
    };
    assert_eq!((of("here"), of("there")), (periods["here"].as_u64(), periods["there"].as_u64()));
    let twice = office.run(&["cluster", "claims", "--where", since, "--against", since, "--k", "3"]);
    assert_eq!(twice.code, 1, "{}", twice.stderr);
    // What must be known to read groups is said wherever groups are.
    for arguments in [&["--consensus"][..], &["--where", before, "--against", since]] {
        let all: Vec<&str> = ["cluster", "claims", "--k", "3"].iter().chain(arguments).copied().collect();
        let said = office.run(&all).ok();
        assert!(said.contains("· Ciri yang dipakai"), "{arguments:?}: {said}");
    }
    let ranking = office.json(&["rank", "companies"]);
    check(&ranking, RANKING);
    let rates: Vec<f64> =
        ranking.as_array().expect("an array").iter().filter_map(|row| row["rate"].as_f64()).collect();
    assert!(rates.len() > 5 && rates.is_sorted_by(|one, next| one >= next), "best estimate first: {rates:?}");
    let fsck = office.json(&["fsck", "--full"]);
    check(&fsck, FSCK);
    assert_eq!(fsck["ok"], true);
    assert_eq!(fsck["head"].as_str().map(str::len), Some(64));
}

/// The sums of a claim are those of its rows in the file, and its vouchers those its rows name.
#[test]
fn claims_are_what_the_files_say() {
    let office = Office::looking();
    let files = Files::read(&branch().files);
    let claims = office.json(&["claims"]);
    let claims = claims.as_array().expect("an array");
    assert_eq!(claims.len(), files.claims.rows.len());
    for claim in claims {
        let claim_no = claim["claim_no"].as_str().expect("a text");
        let benefits = &files.benefits;
        let (mut asked, mut determined, mut vouchers) = (0, 0, Vec::new());
        for row in benefits.all("claim_no", claim_no).into_iter().map(|row| &benefits.rows[row]) {
            asked += benefits.number(row, "asked");
            determined += benefits.number(row, "determined");
            if !benefits.cell(row, "voucher").is_empty() {
                vouchers.push(benefits.cell(row, "voucher"));
            }
        }
        vouchers.sort_unstable();
        vouchers.dedup();
        let mut named: Vec<&str> =
            claim["vouchers"].as_array().expect("an array").iter().filter_map(Value::as_str).collect();
        named.sort_unstable();
        assert_eq!(
            (claim["asked"].as_i64(), claim["determined"].as_i64()),
            (Some(asked), Some(determined)),
            "{claim}"
        );
        assert_eq!(named, vouchers, "{claim}");
        let part = |key: &str| claim[key].as_i64().expect("an integer");
        assert_eq!(part("waiting"), part("determined") - part("paid"), "{claim}");
        let row = &files.claims.rows[files.claims.only("claim_no", claim_no)];
        assert_eq!(claim["event_date"], files.claims.cell(row, "event_date"));
    }
}

/// Identity, membership and account numbers and the name leave the desk only on demand, and that leaves a mark.
#[test]
fn personal_numbers_are_masked_unless_asked_for() {
    let office = Office::working();
    let files = Files::read(&branch().files);
    let claim_no = office.waiting_claims().remove(0);
    let claim = &files.claims.rows[files.claims.only("claim_no", &claim_no)];
    let benefits = &files.benefits;
    let line = &benefits.rows[benefits.all("claim_no", &claim_no)[0]];
    let secrets = [
        files.claims.cell(claim, "id_no"),
        files.claims.cell(claim, "kpj"),
        files.claims.cell(claim, "worker"),
        benefits.cell(line, "account"),
    ];
    assert!(secrets.iter().all(|secret| secret.len() > 4), "{secrets:?}");
    let shown = |arguments: &[&str]| office.run(arguments).ok();
    let columns = ["claims", "--where", &claim_no, "--columns", "nik,kpj,pekerja", "--format", "csv"];
    let json = ["claim", "show", &claim_no, "--format", "json"];
    for (arguments, n_secrets) in [(&columns[..], 3), (&json[..], 4)] {
        let masked = shown(arguments);
        let whole = shown(&[arguments, &["--unmask"]].concat());
        for secret in &secrets[..n_secrets] {
            assert!(!masked.contains(secret), "{secret} in {masked}");
            assert!(whole.contains(secret), "{secret} not in {whole}");
        }
    }
    let log = shown(&["log", "--format", "json"]);
    assert_eq!(log.matches("office.exported").count(), 2, "{log}");
}

/// Persons who are paid leave the desk as first letters in every list of vouchers; companies and facilities whole.
#[test]
fn payees_are_masked_unless_asked_for() {
    let office = Office::working();
    let benefits = Files::read(&branch().files).benefits;
    let of_kind = |wanted: &[&str]| -> Vec<String> {
        let is_wanted = |row: &&Vec<String>| wanted.contains(&benefits.cell(row, "payee_kind"));
        benefits.rows.iter().filter(is_wanted).map(|row| benefits.cell(row, "payee").to_owned()).collect()
    };
    let persons = of_kind(&["PESERTA", "AHLI_WARIS", "participant", "heir"]);
    assert!(persons.iter().any(|name| name.contains(' ')), "{persons:?}");
    let listed = office.json(&["voucher", "list", "--unmask"]);
    let paid = |name: &str| persons.iter().any(|person| person == name);
    let listed = listed.as_array().expect("an array");
    let one =
        listed.iter().find(|voucher| paid(voucher["payee"].as_str().expect("a name"))).expect("a person");
    let code = one["code"].as_str().expect("a code");
    let commands: [(&[&str], &str); 9] = [
        (&["voucher", "list"], "csv"),
        (&["voucher", "list"], "json"),
        (&["voucher", "show", code], "csv"),
        (&["voucher", "show", code], "json"),
        (&["voucher", "queue"], "csv"),
        (&["voucher", "queue"], "json"),
        (&["voucher", "queue", "--lines"], "csv"),
        (&["voucher", "queue", "--lines"], "json"),
        (&["voucher", "last"], "csv"),
    ];
    for (command, format) in commands {
        let arguments = [command, &["--format", format]].concat();
        let found =
            |text: &str| persons.iter().filter(|name| name.contains(' ') && text.contains(*name)).count();
        let masked = office.run(&arguments).ok();
        assert_eq!(found(&masked), 0, "{arguments:?}: {masked}");
        let whole = office.run(&[&arguments[..], &["--unmask"]].concat()).ok();
        assert!(found(&whole) > 0 || command.contains(&"last"), "{arguments:?}: {whole}");
    }
    let log = office.run(&["log", "--format", "json"]).ok();
    assert_eq!(log.matches("office.exported").count(), 1 + commands.len(), "{log}");
}

/// The journal keeps persons apart from the rest, and the log shows only the rest.
#[test]
fn the_log_names_no_person() {
    let office = Office::working();
    let form = "--programme JKK --segment PU --case-kind KK --sex P --wage 5,4jt --wage-unit BULAN --npp KJ001150 \
        --id-no 3273024707920007 --kpj 26100000017 --birth-date 07/07/1992 --event-date 28/10/2026 \
        --event-time 10.20 --reported-date 29/10/2026";
    let mut arguments = vec!["claim", "add", "--worker", "Rini Contohwati", "--company", "PT Contoh"];
    arguments.extend(form.split_whitespace());
    let claim_no = office.run(&arguments).ok().trim().to_owned();
    let line = "--component PERAWATAN --amount 1jt --payee-kind PESERTA --bank BCA --account 5550001112";
    let mut arguments = vec!["claim", "determine", &claim_no, "--payee", "Rini Contohwati"];
    arguments.extend(line.split_whitespace());
    // The claim must have been filed before its money is determined.
    office.run(&["claim", "file", &claim_no]).ok();
    office.run(&arguments).ok();
    let code = office.run(&["voucher", "issue", &claim_no]).ok();
    let log = office.run(&["log", "--format", "json"]).ok();
    for known in [claim_no.as_str(), code.trim(), "claim.registered", "voucher.raised"] {
        assert!(log.contains(known), "{known}: {log}");
    }
    for secret in ["Rini", "3273024707920007", "26100000017", "1992-07-07", "5550001112"] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
    let voucher = office.run(&["voucher", "show", code.trim()]).ok();
    assert!(voucher.contains("Rini Contohwati"), "the paper itself names the payee: {voucher}");
}

#[test]
fn sums_are_those_of_the_list() {
    let office = Office::looking();
    for filter in ["", "terbuka", "kondisi = berobat dan menunggu > 0", "perusahaan ~ xyzzy"] {
        let claims = office.json(&["claims", "--where", filter]);
        let claims = claims.as_array().expect("an array");
        let sums = office.json(&["claims", "--sum", "--where", filter]);
        assert_eq!(sums["count"], claims.len(), "{filter}");
        for name in ["asked", "determined", "paid", "waiting"] {
            let sum: i64 = claims.iter().map(|claim| claim[name].as_i64().expect("a number")).sum();
            assert_eq!(sums[name], sum, "{name} of {filter}");
        }
        let parts = ["waiting_voucher", "waiting_payment"].map(|name| sums[name].as_i64().expect("a number"));
        assert_eq!(sums["waiting"], parts[0] + parts[1], "{filter}");
    }
    let csv = office.run(&["claims", "--sum", "--format", "csv"]).ok();
    assert!(csv.starts_with("count,asked,determined,paid,waiting\n180,"), "{csv}");
    let table = office.run(&["claims", "--sum"]).ok();
    assert!(table.contains("menunggu") && table.contains("180"), "{table}");
}

#[test]
fn filters_are_kept_by_name() {
    let office = Office::working();
    assert!(office.run(&["filters", "list"]).ok().contains("Belum ada"));
    office.run(&["filters", "keep", "Berobat lama", "kondisi = berobat dan umur > 6 bln"]).ok();
    let kept = office.json(&["filters", "list"]);
    assert_eq!(kept[0]["name"], "Berobat lama");
    assert_eq!(kept[0]["filter"], "kondisi = berobat dan umur > 6 bln");
    assert!(office.json(&["drafts", "list"]).as_array().expect("an array").is_empty(), "it is no draft");
    let by_name = office.json(&["claims", "--where", "@berobat LAMA"]);
    assert_eq!(by_name, office.json(&["claims", "--where", "kondisi = berobat dan umur > 6 bln"]));
    let unknown = office.run(&["claims", "--where", "@tiada"]);
    assert!(unknown.code == 2 && unknown.stderr.contains("tiada"), "{unknown:?}");
    let unread = office.run(&["filters", "keep", "Salah", "kondsi = berobat"]);
    assert!(unread.code == 2 && unread.stderr.contains("kondisi"), "{unread:?}");
    assert_eq!(office.run(&["filters", "keep", " ", "terbuka"]).code, 1);
    office.run(&["filters", "drop", "berobat lama"]).ok();
    assert_eq!(office.run(&["filters", "drop", "berobat lama"]).code, 2);
    assert!(office.json(&["filters", "list"]).as_array().expect("an array").is_empty());
}
