//! Kept sums against the naive twin: the sums of some books, brought up to date with any news, are the sums of all the
//! postings together, to the last record, and so is the report made of them.

use std::convert::Infallible;

use proptest::prelude::*;
use santun::domain::posting::Posting;
use santun::domain::{Period, Subjects};
use santun::report::monthly::{MonthSums, MonthlyHead, SumsBuilder};

use super::month::books;
use super::properties::posting;
use super::table::{office, postings, report};

/// All postings added up from the first.
fn added(period: Period, postings: &[Posting]) -> MonthSums {
    let mut builder = SumsBuilder::new(period);
    postings.iter().for_each(|posting| builder.add(posting));
    builder.finish()
}

/// What the books say of some records. A look-up may give more than was asked: it does here.
fn look(books: &[Posting], asked: &Subjects) -> Result<Vec<Posting>, Infallible> {
    let is_one = |posting: &&Posting| {
        asked.has_any_of(posting)
            || posting.claim.is_some_and(|claim| asked.claims.contains(&claim))
            || posting.voucher.is_some_and(|voucher| asked.vouchers.contains(&voucher))
    };
    Ok(books.iter().filter(is_one).cloned().collect())
}

/// The sums of the first postings, kept, read again, and brought up to date with the others.
fn kept(period: Period, old: &[Posting], news: &[Posting]) -> Option<MonthSums> {
    let bytes = added(period, old).to_bytes();
    let sums = MonthSums::from_bytes(&bytes, period).expect("kept sums are read again");
    let Ok(sums) = sums.with(news, &mut |asked| look(old, asked));
    sums
}

#[track_caller]
fn check(period: Period, old: &[Posting], news: &[Posting]) {
    let all: Vec<Posting> = old.iter().chain(news).cloned().collect();
    let sums = kept(period, old, news).expect("the kept sums are of these books");
    assert_eq!(sums, added(period, &all));
    let head = MonthlyHead::new(&office(), period, jiff::civil::date(2026, 10, 30));
    assert_eq!(head.report(&sums), report(&period.to_string(), &all));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_news_to_any_books(
        old in proptest::collection::vec(posting(), 0..60),
        news in proptest::collection::vec(posting(), 0..8),
        step in -2_i32..=1,
    ) {
        check("2026-09".parse::<Period>().unwrap().plus(step), &old, &news);
    }
}

#[test]
fn the_hand_made_books_wherever_they_are_cut() {
    let books = books();
    for period in ["2026-08", "2026-09", "2026-10"] {
        for cut in 0..=books.len() {
            check(period.parse().unwrap(), &books[..cut], &books[cut..]);
        }
    }
}

/// A returned transfer and a void touch one voucher; what hangs on it are lines of other cases and their other vouchers.
#[test]
fn news_reach_the_neighbours_and_no_farther() {
    let old = postings(
        "2026-08 2026-08-01 case-registered c=1 event=2026-08-01
         2026-08 2026-08-01 case-registered c=2 event=2026-08-01
         2026-08 2026-08-01 case-registered c=3 event=2026-08-01
         2026-08 2026-08-02 determined c=1 l=1 rp=100
         2026-08 2026-08-02 determined c=2 l=1 rp=200
         2026-08 2026-08-02 determined c=3 l=1 rp=300
         2026-08 2026-08-03 voucher-raised v=1 rp=300
         2026-08 2026-08-03 line-vouchered c=1 l=1 v=1 rp=100
         2026-08 2026-08-03 line-vouchered c=2 l=1 v=1 rp=200
         2026-08 2026-08-03 voucher-raised v=2 rp=200
         2026-08 2026-08-03 line-vouchered c=2 l=1 v=2 rp=200
         2026-08 2026-08-03 voucher-raised v=3 rp=300
         2026-08 2026-08-03 line-vouchered c=3 l=1 v=3 rp=300",
    );
    let news = postings("2026-09 2026-09-01 voucher-voided v=1 rp=300");
    check("2026-09".parse().unwrap(), &old, &news);
    let mut asked = Subjects::default();
    let sums = added("2026-09".parse().unwrap(), &old);
    let Ok(_) = sums.with(&news, &mut |wanted| {
        asked.extend(wanted);
        look(&old, wanted)
    });
    let ids: Vec<u64> = asked.claims.iter().map(|id| id.get()).collect();
    assert_eq!(ids, [1, 2], "the cases on the voucher");
    let ids: Vec<u64> = asked.vouchers.iter().map(|id| id.get()).collect();
    assert_eq!(ids, [1, 2], "and the vouchers of those");
}

/// Sums of other books do not go through as these.
#[test]
fn sums_of_other_books_are_found_out() {
    let period: Period = "2026-09".parse().unwrap();
    let old = postings(
        "2026-09 2026-09-01 case-registered c=1 event=2026-08-01
         2026-09 2026-09-02 determined c=1 l=1 rp=100",
    );
    let news = postings("2026-09 2026-09-03 corrected c=1 l=1 rp=50");
    let strange = added(period, &postings("2026-09 2026-09-01 case-registered c=9 event=2026-08-01"));
    let Ok(found) = strange.with(&news, &mut |asked| look(&old, asked));
    assert_eq!(found, None);
}

#[test]
fn kept_bytes_of_another_month_or_version_are_nothing() {
    let period: Period = "2026-09".parse().unwrap();
    let bytes = added(period, &books()).to_bytes();
    assert!(MonthSums::from_bytes(&bytes, period).is_some());
    assert!(MonthSums::from_bytes(&bytes, period.plus(1)).is_none());
    let text = String::from_utf8(bytes).unwrap();
    let later = text.replacen("\"version\":1", "\"version\":2", 1);
    assert_ne!(later, text);
    assert!(MonthSums::from_bytes(later.as_bytes(), period).is_none());
    assert!(MonthSums::from_bytes(&text.as_bytes()[..text.len() / 2], period).is_none());
}

/// Every month of the committed branch, with a handful of steps that came since, old and new ones.
#[test]
fn every_month_of_the_branch() {
    let (_, postings) = super::branch::branch();
    let months: std::collections::BTreeSet<Period> = postings.iter().map(|posting| posting.month).collect();
    assert!(months.len() > 6, "the branch has a history");
    for (place, period) in months.into_iter().enumerate() {
        let is_news = |at: usize| at % 397 == place;
        let part = |news: bool| {
            let of = postings.iter().enumerate().filter(|(at, _)| is_news(*at) == news);
            of.map(|(_, posting)| posting.clone()).collect::<Vec<Posting>>()
        };
        check(period, &part(false), &part(true));
    }
}

/// One walk month by month gives the sums of every month.
#[test]
fn a_builder_goes_on_from_month_to_month() {
    let (_, mut postings) = super::branch::branch();
    postings.sort_by_key(|posting| posting.month);
    let last = postings.last().expect("some").month;
    let mut builder = SumsBuilder::new(postings[0].month);
    let mut left = postings.as_slice();
    while builder.period() <= last {
        let period = builder.period();
        let n = left.iter().take_while(|posting| posting.month == period).count();
        left[..n].iter().for_each(|posting| builder.add(posting));
        left = &left[n..];
        assert_eq!(builder.sums(), added(period, &postings), "{period}");
        builder.go_on();
    }
}
