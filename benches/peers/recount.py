#!/usr/bin/env python3
"""An independent recount of a month from the CSV files of a branch (standard library only).

    python3 recount.py FOLDER 2026-09

prints the totals of the monthly report as JSON. It shares no code and no rule with santun beyond the columns of
docs/sample.md, so that a total both agree on is not one mistake made once.

Meanings: a case is registered in the month of its stage I report, else of its application; it ends in the month of
closed_date, as closed_as says. A line is determined in the month of determined_date. A transfer settles the lines of
its voucher, gross, in their order; once the whole net has arrived the whole gross is settled, so that tax and rounding
go with the last part. A transfer that came back is taken out again in the month of returned_date.
"""
import csv
import json
import os
import sys
from collections import defaultdict


def read(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def month(date):
    return date[:7]


def count_cases(claims, period):
    totals = dict.fromkeys(["open_start", "registered", "restored", "closed_paid", "rejected", "cancelled"], 0)
    ends = {"SELESAI": "closed_paid", "DITOLAK": "rejected", "BATAL": "cancelled"}
    for claim in claims:
        begun = month(claim["reported_date"] or claim["filed_date"])
        ended = month(claim["closed_date"]) if claim["closed_date"] else None
        if begun < period and (ended is None or ended >= period):
            totals["open_start"] += 1
        if begun == period:
            totals["registered"] += 1
        if ended == period:
            totals[ends[claim["closed_as"]]] += 1
    gone = totals["closed_paid"] + totals["rejected"] + totals["cancelled"]
    totals["open_end"] = totals["open_start"] + totals["registered"] + totals["restored"] - gone
    still = sum(
        1
        for claim in claims
        if month(claim["reported_date"] or claim["filed_date"]) <= period
        and (not claim["closed_date"] or month(claim["closed_date"]) > period)
    )
    assert still == totals["open_end"], "the flow and the count at the end agree"
    return totals


def settled(voucher, cash):
    """How much of the gross is settled when so much of the net has arrived."""
    gross, net = int(voucher["gross"]), int(voucher["net"])
    return gross if cash >= net and cash > 0 else max(0, min(cash, gross))


def movements(vouchers, payments):
    """Dated changes of what is settled, gross: (date, amount) with negative amounts for returns."""
    steps = defaultdict(list)
    for payment in payments:
        amount = int(payment["amount"])
        steps[payment["voucher"]].append((payment["date"], 1, amount))
        if payment["status"] == "RETUR":
            steps[payment["voucher"]].append((payment["returned_date"], 0, -amount))
    out = []
    for voucher in vouchers:
        cash = 0
        for date, _, amount in sorted(steps.get(voucher["code"], [])):
            before = settled(voucher, cash)
            cash += amount
            out.append((date, settled(voucher, cash) - before))
    return out


def count_payable(benefits, vouchers, payments, period):
    totals = dict.fromkeys(["start", "determined", "corrected", "paid", "returned"], 0)
    for line in benefits:
        if line["determined"]:
            amount, when = int(line["determined"]), month(line["determined_date"])
            if when < period:
                totals["start"] += amount
            elif when == period:
                totals["determined"] += amount
    for date, amount in movements(vouchers, payments):
        if month(date) < period:
            totals["start"] -= amount
        elif month(date) == period:
            totals["paid" if amount > 0 else "returned"] += abs(amount)
    totals["end"] = (
        totals["start"] + totals["determined"] + totals["corrected"] - totals["paid"] + totals["returned"]
    )
    return totals


def count_vouchers(vouchers, period):
    totals = dict.fromkeys(
        ["count", "gross", "pph", "rounding", "net", "voided_here", "void_of_earlier_months"], 0
    )
    for voucher in vouchers:
        if month(voucher["date"]) == period:
            totals["count"] += 1
            for column in ("gross", "pph", "rounding", "net"):
                totals[column] += int(voucher[column])
        if voucher["void_date"] and month(voucher["void_date"]) == period:
            here = month(voucher["date"]) == period
            totals["voided_here" if here else "void_of_earlier_months"] += 1
    return totals


def count_programmes(claims, benefits, period):
    programme_of = {claim["claim_no"]: claim["programme"] for claim in claims}
    totals = defaultdict(lambda: {"registered": 0, "determined_lines": 0, "determined": 0})
    for claim in claims:
        if month(claim["reported_date"] or claim["filed_date"]) == period:
            totals[claim["programme"]]["registered"] += 1
    for line in benefits:
        if line["determined"] and month(line["determined_date"]) == period:
            entry = totals[programme_of[line["claim_no"]]]
            entry["determined_lines"] += 1
            entry["determined"] += int(line["determined"])
    return {name: totals[name] for name in sorted(totals)}


def unmatched(benefits, vouchers, payments):
    """What does not hang together, record by record; empty in a sound branch."""
    found = []
    by_code = {}
    for voucher in vouchers:
        if voucher["code"] in by_code:
            found.append(["voucher twice", voucher["code"], int(voucher["gross"])])
        by_code[voucher["code"]] = voucher
        if int(voucher["gross"]) - int(voucher["pph"]) + int(voucher["rounding"]) != int(voucher["net"]):
            found.append(["net is not gross - pph + rounding", voucher["code"], int(voucher["net"])])
    on_voucher = defaultdict(int)
    for line in benefits:
        code = line["voucher"]
        if not code:
            continue
        key = line["claim_no"] + "#" + line["line"]
        if not line["determined"] or code not in by_code or by_code[code]["status"] == "BATAL":
            found.append(["line on no live voucher or undetermined", key, int(line["determined"] or 0)])
        on_voucher[code] += int(line["determined"] or 0)
    arrived = defaultdict(int)
    for payment in payments:
        if payment["voucher"] not in by_code or by_code[payment["voucher"]]["status"] == "BATAL":
            found.append(["payment without a live voucher", payment["voucher"], int(payment["amount"])])
        if payment["status"] == "DIBAYAR":
            arrived[payment["voucher"]] += int(payment["amount"])
    for code, voucher in by_code.items():
        if voucher["status"] == "BATAL":
            continue
        if on_voucher[code] != int(voucher["gross"]):
            found.append(["gross is not the sum of the lines", code, int(voucher["gross"]) - on_voucher[code]])
        wanted = int(voucher["net"]) if voucher["status"] == "DIBAYAR" else None
        if wanted is not None and arrived[code] != wanted or arrived[code] > int(voucher["net"]):
            found.append(["payments are not the net", code, arrived[code] - int(voucher["net"])])
    return found


def recount(folder, period):
    claims, benefits = read(folder, "claims.csv"), read(folder, "benefits.csv")
    vouchers, payments = read(folder, "vouchers.csv"), read(folder, "payments.csv")
    return {
        "period": period,
        "cases": count_cases(claims, period),
        "payable": count_payable(benefits, vouchers, payments, period),
        "vouchers": count_vouchers(vouchers, period),
        "programmes": count_programmes(claims, benefits, period),
        "unmatched": unmatched(benefits, vouchers, payments),
    }


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    print(json.dumps(recount(sys.argv[1], sys.argv[2]), indent=2))


if __name__ == "__main__":
    main()
