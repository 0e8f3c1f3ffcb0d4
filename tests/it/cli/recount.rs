//! An independent recount of a month from the CSV files: own reading, own arithmetic, no module of santun.
//!
//! A case begins in the month of its report, else of its application, and ends in the month of `closed_date`. A line
//! is determined in the month of `determined_date`. A transfer settles gross: once the whole net has arrived the whole
//! gross is settled, so tax and rounding go with the last part; one that came back is taken out in its own month.

use std::collections::BTreeMap;

use serde_json::Value;

use super::csv_files::Files;

/// Totals by name, such as `payable.determined` and `programmes.JKK.lines`.
pub type Totals = BTreeMap<String, i64>;

const PROGRAMMES: [&str; 5] = ["JKK", "JKM", "JHT", "JP", "JKP"];
const CASES: [&str; 7] =
    ["open_start", "registered", "restored", "closed_paid", "rejected", "cancelled", "open_end"];
const PAYABLE: [&str; 6] = ["start", "determined", "corrected", "paid", "returned", "end"];
const VOUCHERS: [&str; 7] =
    ["count", "gross", "pph", "rounding", "net", "voided_here", "void_of_earlier_months"];
const GROUP: [&str; 5] = ["registered", "lines", "determined", "paid", "returned"];

/// The month's totals out of the files.
pub fn recount(files: &Files, period: &str) -> Totals {
    let mut totals = Totals::new();
    for name in names() {
        totals.insert(name, 0);
    }
    cases(files, period, &mut totals);
    determined(files, period, &mut totals);
    settled(files, period, &mut totals);
    vouchers(files, period, &mut totals);
    let of = |name: &str| totals[name];
    let open_end = of("cases.open_start") + of("cases.registered")
        - of("cases.closed_paid")
        - of("cases.rejected")
        - of("cases.cancelled");
    let end = of("payable.start") + of("payable.determined") - of("payable.paid") + of("payable.returned");
    totals.insert("cases.open_end".to_owned(), open_end);
    totals.insert("payable.end".to_owned(), end);
    totals
}

/// The same totals out of the report's JSON.
pub fn of_report(report: &Value) -> Totals {
    let number = |value: &Value, name: &str| value.as_i64().unwrap_or_else(|| panic!("{name}: {value}"));
    names()
        .into_iter()
        .map(|name| {
            let parts: Vec<&str> = name.split('.').collect();
            let value = match parts[..] {
                ["programmes", programme, key] => {
                    let rows = report["programmes"].as_array().expect("an array");
                    let row = rows.iter().find(|row| row["programme"] == programme);
                    row.map_or(0, |row| number(&row[key], &name))
                }
                [part, key] => number(&report[part][key], &name),
                _ => unreachable!("names have two or three parts"),
            };
            (name, value)
        })
        .collect()
}

fn names() -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    names.extend(CASES.map(|key| format!("cases.{key}")));
    names.extend(PAYABLE.map(|key| format!("payable.{key}")));
    names.extend(VOUCHERS.map(|key| format!("vouchers.{key}")));
    for programme in PROGRAMMES {
        names.extend(GROUP.map(|key| format!("programmes.{programme}.{key}")));
    }
    names
}

fn add(totals: &mut Totals, name: &str, amount: i64) {
    *totals.get_mut(name).unwrap_or_else(|| panic!("{name} is counted")) += amount;
}

fn month(date: &str) -> &str {
    date.get(..7).unwrap_or("")
}

fn cases(files: &Files, period: &str, totals: &mut Totals) {
    let claims = &files.claims;
    for claim in &claims.rows {
        let reported = claims.cell(claim, "reported_date");
        let begun = month(if reported.is_empty() { claims.cell(claim, "filed_date") } else { reported });
        let ended = month(claims.cell(claim, "closed_date"));
        if begun < period && (ended.is_empty() || ended >= period) {
            add(totals, "cases.open_start", 1);
        }
        if begun == period {
            add(totals, "cases.registered", 1);
            add(totals, &format!("programmes.{}.registered", claims.cell(claim, "programme")), 1);
        }
        if ended == period {
            let end = match claims.cell(claim, "closed_as") {
                "SELESAI" => "cases.closed_paid",
                "DITOLAK" => "cases.rejected",
                "BATAL" => "cases.cancelled",
                other => panic!("closed_as {other}"),
            };
            add(totals, end, 1);
        }
    }
}

/// Programme of a claim number.
fn programme_of<'a>(files: &'a Files, claim_no: &str) -> &'a str {
    let claims = &files.claims;
    claims.cell(&claims.rows[claims.only("claim_no", claim_no)], "programme")
}

fn determined(files: &Files, period: &str, totals: &mut Totals) {
    let benefits = &files.benefits;
    for line in benefits.rows.iter().filter(|line| !benefits.cell(line, "determined").is_empty()) {
        let amount = benefits.number(line, "determined");
        let when = month(benefits.cell(line, "determined_date"));
        if when < period {
            add(totals, "payable.start", amount);
        } else if when == period {
            let programme = programme_of(files, benefits.cell(line, "claim_no"));
            add(totals, "payable.determined", amount);
            add(totals, &format!("programmes.{programme}.determined"), amount);
            add(totals, &format!("programmes.{programme}.lines"), 1);
        }
    }
}

fn settled(files: &Files, period: &str, totals: &mut Totals) {
    let (vouchers, payments) = (&files.vouchers, &files.payments);
    let mut steps: BTreeMap<&str, Vec<(&str, i64)>> = BTreeMap::new();
    for payment in &payments.rows {
        let amount = payments.number(payment, "amount");
        let own = steps.entry(payments.cell(payment, "voucher")).or_default();
        own.push((payments.cell(payment, "date"), amount));
        if payments.cell(payment, "status") == "RETUR" {
            own.push((payments.cell(payment, "returned_date"), -amount));
        }
    }
    for voucher in &vouchers.rows {
        let (gross, net) = (vouchers.number(voucher, "gross"), vouchers.number(voucher, "net"));
        let settled = |cash: i64| if cash > 0 && cash >= net { gross } else { cash.clamp(0, gross) };
        let mut own = steps.remove(vouchers.cell(voucher, "code")).unwrap_or_default();
        own.sort_by_key(|(date, amount)| (*date, *amount));
        let mut cash = 0;
        for (date, amount) in own {
            let moved = settled(cash + amount) - settled(cash);
            cash += amount;
            let programme = vouchers.cell(voucher, "programme");
            if month(date) < period {
                add(totals, "payable.start", -moved);
            } else if month(date) == period {
                let side = if moved > 0 { "paid" } else { "returned" };
                add(totals, &format!("payable.{side}"), moved.abs());
                add(totals, &format!("programmes.{programme}.{side}"), moved.abs());
            }
        }
    }
}

fn vouchers(files: &Files, period: &str, totals: &mut Totals) {
    let vouchers = &files.vouchers;
    for voucher in &vouchers.rows {
        let here = month(vouchers.cell(voucher, "date")) == period;
        if here {
            add(totals, "vouchers.count", 1);
            for column in ["gross", "pph", "rounding", "net"] {
                add(totals, &format!("vouchers.{column}"), vouchers.number(voucher, column));
            }
        }
        if month(vouchers.cell(voucher, "void_date")) == period {
            let name = if here { "vouchers.voided_here" } else { "vouchers.void_of_earlier_months" };
            add(totals, name, 1);
        }
    }
}
