//! The demonstration: a believable branch in a store of its own, and one day of a desk on it, step by step, each step
//! checked against what the books say afterwards.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use jiff::civil::Date;

use crate::analysis::clustering::{Checks, Groups, Method, Request};
use crate::analysis::{RankOptions, Watch};
use crate::desk::error::DeskError;
use crate::desk::form::Typed;
use crate::desk::{
    Clock, Desk, ImportWish, InitAnswers, IssueWish, Issued, Lookalike, Mode, Months, PayeeWish, Similar,
    init, inspect_file,
};
use crate::domain::code::{Component, DocumentKind, VoucherState};
use crate::domain::command::{NewClaim, NewLine, SeenVoucher};
use crate::domain::office::{Approval, Signers, StoreKind};
use crate::domain::query;
use crate::domain::rule::monthly_wage;
use crate::domain::rule::suggest;
use crate::domain::voucher::check_holds;
use crate::domain::{
    BenefitLine, Claim, ClaimCommand, DateSpan, LineNo, Period, Programme, Rupiah, VoucherCommand,
    VoucherMode, Zone,
};
use crate::intake::dialect::Said;
use crate::sample::{OFFICE, SampleOptions, write_folder};
use crate::store::{Sort, VoucherFilter, VoucherRow};
use crate::words::{Value, Words};

/// What a step of the day did: the key of its sentence and its arguments.
pub type Tell<'a> = &'a mut dyn FnMut(&'static str, &[(&str, Value)]);

/// Why the day did not go as it should.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The desk refused or the store could not.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// A step said one thing and the books another: a bug.
    #[error("the day does not add up: {0}")]
    Mismatch(String),
}

impl From<crate::store::StoreError> for DemoError {
    fn from(error: crate::store::StoreError) -> DemoError {
        DemoError::Desk(error.into())
    }
}

impl From<crate::domain::Refusal> for DemoError {
    fn from(refusal: crate::domain::Refusal) -> DemoError {
        DemoError::Desk(refusal.into())
    }
}

/// Refuses to go on when the books do not say what was done.
fn must(holds: bool, what: impl FnOnce() -> String) -> Result<(), DemoError> {
    if holds { Ok(()) } else { Err(DemoError::Mismatch(what())) }
}

/// Makes the demonstration's store in `folder`: a sample office with the believable branch as its history.
pub fn build(folder: &Path, program: &Path, words: &Words) -> Result<(), DemoError> {
    let answers = InitAnswers {
        code: OFFICE.to_owned(),
        name: "Kantor Cabang Contoh".to_owned(),
        zone: Zone::Wib,
        programmes: Programme::ALL.to_vec(),
        voucher_mode: VoucherMode::Both,
        template: String::new(),
        first_open: Period::new(2026, 10),
        signers: Signers {
            prepared: "Petugas Contoh".to_owned(),
            checked: "Pemeriksa Contoh".to_owned(),
            approved: "Kepala Contoh".to_owned(),
        },
        approval: Approval::NotNeeded,
        kind: StoreKind::Sample,
    };
    init(folder, &answers, &Clock::demo())?;
    let files = scratch()?;
    write_folder(files.path(), &SampleOptions::COMMITTED).map_err(|error| DeskError::File {
        path: error.path.display().to_string(),
        reason: error.source.to_string(),
    })?;
    let desk = Desk::open(folder, Clock::demo())?;
    let wish = ImportWish {
        files: vec![files.path().to_owned()],
        said: Said::default(),
        mode: Mode::OnlyNew,
        rejects: None,
    };
    let done = desk.import(&wish, program, words)?;
    must(done.refused == 0, || format!("{} rows of the sample were refused", done.refused))
}

/// A temporary folder.
fn scratch() -> Result<tempfile::TempDir, DeskError> {
    tempfile::tempdir().map_err(|error| DeskError::File {
        path: std::env::temp_dir().display().to_string(),
        reason: error.to_string(),
    })
}

/// One day at the desk, in the order of the README's tour.
pub fn day(folder: &Path, program: &Path, tell: Tell<'_>) -> Result<(), DemoError> {
    let desk = Desk::open(folder, Clock::demo())?;
    let before = desk.monthly(Period::of(desk.today()))?;
    let registered = register(&desk, tell)?;
    let claim = open_case(&desk, tell)?;
    let claim = determine(&desk, &claim, tell)?;
    let issued = issue(&desk, &claim, tell)?;
    let paid = pay(&desk, tell)?;
    sheet(program, tell)?;
    today(&desk, tell)?;
    month(&desk, &before, &issued, paid, tell)?;
    groups(&desk, tell)?;
    drop(desk);
    again(folder, &registered, &issued, tell)
}

/// The paper form of the day: an invented person, an accident of the day before yesterday.
fn paper_form(desk: &Desk) -> Result<Typed, DemoError> {
    let mut form = Typed::new();
    let company =
        desk.view().companies()?.into_iter().find(|company| company.segment == crate::domain::Segment::Pu);
    let company = company.ok_or_else(|| DemoError::Mismatch("the branch has no company".to_owned()))?;
    let fields = [
        ("programme", "JKK"),
        ("segment", "PU"),
        ("npp", company.npp.as_str()),
        ("company", company.name.as_str()),
        ("worker", "Rini Contohwati"),
        ("id_no", "3273024707920007"),
        ("kpj", "26100000017"),
        ("birth_date", "07/07/1992"),
        ("sex", "P"),
        ("wage", "5,4jt"),
        ("wage_unit", "BULAN"),
        ("case_kind", "KK"),
        ("event_date", "28/10/2026"),
        ("event_time", "10.20"),
        ("reported_date", "29/10/2026"),
        ("reported_time", "14.05"),
        ("place", "DI_TEMPAT"),
        ("type", "TERJEPIT"),
        ("source", "MESIN_PRODUKSI"),
        ("body_part", "JARI_TANGAN"),
        ("icd10", "S61.0"),
    ];
    for (name, text) in fields {
        form.set(name, text);
    }
    Ok(form)
}

fn register(desk: &Desk, tell: Tell<'_>) -> Result<String, DemoError> {
    let form = paper_form(desk)?;
    let basics = form.claim(desk.today(), &desk.next_claim_no()).map_err(|error| error.refusal)?;
    let new = NewClaim { basics, numbering: form.numbering(), restores: None, despite_duplicate: None };
    let key = desk.new_key();
    let registered = desk.register(&key, &new)?;
    let twice = desk.register(&key, &new)?;
    must(twice == registered, || "the same key registered two cases".to_owned())?;
    let claim = desk.find_claim(&registered.claim_no)?;
    must(claim.basics.worker.name == "Rini Contohwati", || "the new case is another one".to_owned())?;
    tell("demo-registered", &[("claim_no", registered.claim_no.as_str().into())]);
    Ok(registered.claim_no)
}

/// A case under treatment with nothing waiting, whose employer's account is known: filtered, opened, a paper ticked.
fn open_case(desk: &Desk, tell: Tell<'_>) -> Result<std::sync::Arc<Claim>, DemoError> {
    let today = desk.today();
    let text = "kondisi = berobat dan status = ditetapkan dan menunggu = 0 dan kejadian < 01/05/2026";
    let filter = query::parse(text, today).expect("our own filter is well formed");
    let rows = desk.view().select(&filter, Sort::default(), today, &AtomicBool::new(false), &|_, _| {})?;
    tell("demo-filtered", &[("filter", text.into()), ("count", rows.len().into())]);
    let found = rows.window(0..rows.len())?;
    let claim = found.iter().filter_map(|row| desk.find_claim(&row.claim_no).ok()).find(|claim| {
        next_half_year(claim, today).is_some() && both_payees_known(desk, claim) && is_alone(desk, claim)
    });
    let claim =
        claim.ok_or_else(|| DemoError::Mismatch("no case under treatment to go on with".to_owned()))?;
    let document = [DocumentKind::Attendance, DocumentKind::WageRecord, DocumentKind::MedicalReceipts]
        .into_iter()
        .find(|kind| claim.document(*kind).is_none());
    let Some(kind) = document else { return Ok(claim) };
    let tick = ClaimCommand::ReceiveDocument { kind, received: today, archive: String::new() };
    let after = desk.claim(&desk.new_key(), claim.id, Some(claim.revision), &tick)?;
    must(after.document(kind).is_some(), || "the tick did not stay".to_owned())?;
    let args = [("claim_no", after.basics.claim_no.as_str().into()), ("document", kind.code().into())];
    tell("demo-ticked", &args);
    Ok(after)
}

/// The STMB days that follow the last ones: at most half a year, up to yesterday.
fn next_half_year(claim: &Claim, today: Date) -> Option<DateSpan> {
    let covered =
        claim.lines.iter().filter(|line| line.component == Component::Stmb).filter_map(|line| line.span);
    let from = covered.map(|span| span.to).max()?.tomorrow().ok()?;
    let half_year = from.saturating_add(jiff::Span::new().months(6)).yesterday().ok()?;
    DateSpan::new(from, half_year.min(today.yesterday().ok()?))
}

/// Nothing stands in the way of its vouchers.
fn is_alone(desk: &Desk, claim: &Claim) -> bool {
    desk.similar(&claim.basics, Some(claim.id)).is_ok_and(|found| !found.iter().any(Similar::is_hard))
}

fn both_payees_known(desk: &Desk, claim: &Claim) -> bool {
    let known = |component| desk.payee_for(claim, component, PayeeWish::default()).account.is_some();
    !claim.basics.facility.is_empty()
        && claim.basics.wage.is_some_and(|wage| monthly_wage(wage, claim.basics.event_date).is_ok())
        && known(Component::Stmb)
        && known(Component::Medical)
}

/// This half-year's STMB by the rule, and the hospital's bill as it was asked.
fn determine(desk: &Desk, claim: &Claim, tell: Tell<'_>) -> Result<std::sync::Arc<Claim>, DemoError> {
    let today = desk.today();
    let span = next_half_year(claim, today);
    let bill = Rupiah::new(12_400_000);
    let line = |component, span, asked| NewLine {
        component,
        span,
        payee: desk.payee_for(claim, component, PayeeWish::default()),
        receipt: String::new(),
        asked,
    };
    let stmb = line(Component::Stmb, span, Rupiah::new(1));
    let amount = stmb_amount(desk, claim, &stmb)?;
    let last = claim.lines.iter().map(|line| line.no.get()).max().unwrap_or(0);
    let (first, second) = (LineNo::new(last + 1), LineNo::new(last + 2));
    let number = String::new();
    let commands = [
        ClaimCommand::AddLine(Box::new(NewLine { asked: amount, ..stmb })),
        ClaimCommand::AddLine(Box::new(line(Component::Medical, None, bill))),
        ClaimCommand::Determine { line: first, amount, date: today, number: number.clone() },
        ClaimCommand::Determine { line: second, amount: bill, date: today, number },
    ];
    let after = desk.claim_all(&desk.new_key(), claim.id, Some(claim.revision), &commands)?;
    must(after.sums().waiting_voucher == amount + bill, || {
        "the two lines do not wait for vouchers".to_owned()
    })?;
    let args = [
        ("claim_no", after.basics.claim_no.as_str().into()),
        ("stmb", amount.grouped().into()),
        ("bill", bill.grouped().into()),
    ];
    tell("demo-determined", &args);
    Ok(after)
}

/// STMB by the rule of the accident's day.
fn stmb_amount(desk: &Desk, claim: &Claim, new: &NewLine) -> Result<Rupiah, DemoError> {
    let line = BenefitLine {
        no: LineNo::new(u16::MAX),
        component: new.component,
        span: new.span,
        payee: new.payee.clone(),
        account_by: None,
        receipt: String::new(),
        asked: new.asked,
        complete_date: None,
        determination: None,
        voucher: None,
        free_since: None,
    };
    let calculation = suggest(claim, &line, &desk.office())?;
    calculation
        .map(|calculation| calculation.amount)
        .ok_or_else(|| DemoError::Mismatch("there is no rule for STMB".to_owned()))
}

fn issue(desk: &Desk, claim: &Claim, tell: Tell<'_>) -> Result<Vec<Issued>, DemoError> {
    let wish = IssueWish { claims: vec![claim.id], only: Vec::new(), date: desk.today(), pph: None };
    let issued = desk.issue::<DeskError>(&wish, &mut |_| Ok(()))?;
    must(issued.len() == 2, || format!("{} vouchers instead of two", issued.len()))?;
    for voucher in &issued {
        must(check_holds(&voucher.code), || format!("the check characters of {} do not hold", voucher.code))?;
        let args = [
            ("code", voucher.code.as_str().into()),
            ("payee", voucher.payee.as_str().into()),
            ("net", voucher.net.grouped().into()),
        ];
        tell("demo-issued", &args);
    }
    Ok(issued)
}

/// Yesterday's transfer for a voucher that waits.
fn pay(desk: &Desk, tell: Tell<'_>) -> Result<Rupiah, DemoError> {
    let yesterday = desk.today().yesterday().expect("the calendar has a yesterday");
    let filter = VoucherFilter {
        states: vec![VoucherState::Proposed, VoucherState::Approved],
        ..VoucherFilter::default()
    };
    let waiting = desk.vouchers(&filter, None)?;
    let is_alone = |row: &VoucherRow| {
        let found = desk.find_voucher(&row.code).and_then(|voucher| desk.before_paying(&voucher));
        found.is_ok_and(|found| !found.iter().any(Lookalike::is_hard))
    };
    let row =
        waiting.iter().find(|row| row.date <= yesterday && row.unpaid() > Rupiah::ZERO && is_alone(row));
    let row = row.ok_or_else(|| DemoError::Mismatch("no voucher waits for payment".to_owned()))?;
    let command =
        VoucherCommand::Pay { date: yesterday, amount: row.unpaid(), reference: "TRF-2910-01".to_owned() };
    let seen = SeenVoucher::of(&*desk.find_voucher(&row.code)?);
    let after = desk.voucher(&desk.new_key(), row.id, seen, &command)?;
    must(after.state == VoucherState::Paid, || format!("{} is not paid", after.code))?;
    let args = [("code", after.code.as_str().into()), ("amount", row.unpaid().grouped().into())];
    tell("demo-paid", &args);
    Ok(after.gross)
}

/// The sheet a desk has today, looked at without writing anything.
fn sheet(program: &Path, tell: Tell<'_>) -> Result<(), DemoError> {
    let folder = scratch()?;
    let path = folder.path().join("rekap-voucher.csv");
    let recap = "No;Tgl;Kode Voucher;Nama;Jumlah (Rp)\n\
                 1;01/10/2026;RB10030028;Budi Contoh;1.250.000\n\
                 2;02/10/2026;RB10030029;Siti Contoh;3.400.000\n\
                 3;02/10/2026;RB10030029;Siti Contoh;3.400.000\n\
                 4;05/10/2026;RB10030032;PT Contoh Semen;18.000.000\n\
                 5;06/10/2026;;RS Contoh;12.4OO.000\n";
    crate::desk::write_file(&path, recap.as_bytes())?;
    let found = inspect_file(&path, program, Said::default(), Clock::demo().today(Zone::Wib));
    must(found.is_ok(), || "the recap sheet could not be read".to_owned())?;
    tell("demo-inspected", &[]);
    Ok(())
}

fn today(desk: &Desk, tell: Tell<'_>) -> Result<(), DemoError> {
    let lines = desk.today_lines(&AtomicBool::new(false))?;
    must(lines.iter().any(|line| line.count > 0), || "a branch with nothing to do".to_owned())?;
    let of = |key: &str| lines.iter().find(|line| line.item.key == key).map_or(0, |line| line.count);
    let args = [
        ("due", i64::try_from(of("today-due")).unwrap_or(0).into()),
        ("late", i64::try_from(of("today-late")).unwrap_or(0).into()),
        ("papers", i64::try_from(of("today-papers")).unwrap_or(0).into()),
        ("voucher", i64::try_from(of("today-voucher")).unwrap_or(0).into()),
        ("treatment", i64::try_from(of("today-treatment")).unwrap_or(0).into()),
    ];
    tell("demo-today", &args);
    Ok(())
}

fn month(
    desk: &Desk,
    before: &crate::report::MonthlyReport,
    issued: &[Issued],
    paid: Rupiah,
    tell: Tell<'_>,
) -> Result<(), DemoError> {
    let after = desk.monthly(Period::of(desk.today()))?;
    let gross: Rupiah = issued.iter().map(|voucher| voucher.net).sum();
    must(after.cases.registered == before.cases.registered + 1, || {
        "the new case is not in the report".to_owned()
    })?;
    must(after.payable.determined == before.payable.determined + gross, || {
        "the determinations are not in the report".to_owned()
    })?;
    must(after.payable.paid == before.payable.paid + paid, || "the payment is not in the report".to_owned())?;
    must(after.tie_out.difference.is_zero() && after.tie_out.unmatched.is_empty(), || {
        format!("the report does not tie out: {:?}", after.tie_out.unmatched)
    })?;
    let args = [
        ("determined", after.payable.determined.grouped().into()),
        ("paid", after.payable.paid.grouped().into()),
        ("open", after.cases.open_end.into()),
    ];
    tell("demo-month", &args);
    Ok(())
}

fn groups(desk: &Desk, tell: Tell<'_>) -> Result<(), DemoError> {
    let cancel = AtomicBool::new(false);
    let request = Request { seed: 42, checks: Checks::Few, ..Request::new(Method::KModes, Groups::Fixed(4)) };
    let found = desk.cluster_claims(&desk.everything(), None, request, Watch::silent(), &cancel)?;
    must(found.clusters.iter().map(|cluster| cluster.size).sum::<usize>() == found.rows, || {
        "the groups do not hold all rows".to_owned()
    })?;
    let ranking = desk.rank(Months::last_twelve(desk.today()), RankOptions::default(), &cancel)?;
    let first =
        ranking.rows.first().ok_or_else(|| DemoError::Mismatch("no company has a rate".to_owned()))?;
    let args = [
        ("k", found.k.into()),
        ("rows", found.rows.into()),
        ("company", first.company.as_str().into()),
        ("rate", format!("{:.1}", first.rate * 1000.0).into()),
    ];
    tell("demo-groups", &args);
    Ok(())
}

/// Quits, starts again: everything is still there.
fn again(folder: &Path, claim_no: &str, issued: &[Issued], tell: Tell<'_>) -> Result<(), DemoError> {
    let desk = Desk::open(folder, Clock::demo())?;
    desk.find_claim(claim_no)?;
    for voucher in issued {
        desk.find_voucher(&voucher.code)?;
    }
    tell("demo-again", &[]);
    Ok(())
}
