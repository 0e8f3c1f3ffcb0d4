"""The totals of a store as two other engines add them up: DuckDB and pyarrow, over the files that MANIFEST names and
over a published mart. Prints one JSON object; the caller compares it with what santun says.

    python tests/engines/totals.py STORE MART PERIOD
"""

import json
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

KINDS = {0: "registered", 6: "determined", 7: "corrected", 9: "raised", 14: "paid", 16: "returned"}
WORDS = {
    "case-registered": "registered",
    "determined": "determined",
    "corrected": "corrected",
    "voucher-raised": "raised",
    "line-paid": "paid",
    "line-unpaid": "returned",
}


def files(store: Path, table: str) -> list[str]:
    body = json.loads((store / "MANIFEST").read_text())["body"]
    return [str(store / entry["path"]) for entry in body["files"] if entry["table"] == table]


def fill(rows) -> dict:
    totals = {name: [0, 0] for name in KINDS.values()}
    for name, count, amount in rows:
        if name in totals:
            totals[name] = [int(count), int(amount)]
    return totals


def by_duckdb(source: str, kind: str, month: int) -> dict:
    query = f"select {kind}, count(*), sum(amount) from {source} where month_of = {month} group by 1"
    names = KINDS if kind == "kind_no" else WORDS
    return fill((names.get(key), count, amount) for key, count, amount in duckdb.sql(query).fetchall())


def by_pyarrow(dataset, number: int, names: dict) -> dict:
    table = dataset.to_table(columns=["kind", "month", "amount"])
    if pa.types.is_string_view(table["kind"].type):
        # pyarrow has few functions for this kind of text.
        table = table.set_column(0, "kind", table["kind"].cast(pa.string()))
    table = table.filter(pc.equal(table["month"], number))
    groups = table.group_by("kind").aggregate([("amount", "count"), ("amount", "sum")])
    rows = groups.to_pylist()
    return fill((names.get(row["kind"]), row["amount_count"], row["amount_sum"]) for row in rows)


def claims(rows) -> list[int]:
    return [int(value or 0) for value in rows]


def main() -> None:
    store, mart, period = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    year, month = (int(part) for part in period.split("-"))
    number = year * 100 + month
    posted = files(store, "posted")
    listed = ", ".join(f"'{name}'" for name in posted)
    found = {
        "duckdb": by_duckdb(
            f"(select kind as kind_no, month as month_of, amount from read_parquet([{listed}]))", "kind_no", number
        ),
        "duckdb_mart": by_duckdb(
            f"(select kind, month as month_of, amount "
            f"from read_parquet('{mart}/posted/**/*.parquet', hive_partitioning = false))",
            "kind",
            number,
        ),
        "pyarrow": by_pyarrow(ds.dataset(posted), number, KINDS),
        "pyarrow_mart": by_pyarrow(ds.dataset(mart / "posted", partitioning=None), number, WORDS),
    }
    sums = "count(*), sum(asked), sum(determined), sum(paid)"
    listed = ", ".join(f"'{name}'" for name in files(store, "claims"))
    found["claims"] = claims(duckdb.sql(f"select {sums} from read_parquet([{listed}])").fetchall()[0])
    found["claims_mart"] = claims(
        duckdb.sql(
            f"select {sums} from read_parquet('{mart}/claims/**/*.parquet', hive_partitioning = false)"
        ).fetchall()[0]
    )
    print(json.dumps(found))


if __name__ == "__main__":
    main()
