#!/usr/bin/env python3
"""Lets pyarrow, pandas, DuckDB and Polars read the tables of a run.

    judge_tables.py DIR [--self-test]

Each reads every column of numbers of DIR/readouts.parquet and DIR/neurons.parquet to the same mean; pyarrow finds the unit and the
meaning of each column in the metadata of its field, DuckDB and Polars find them as JSON under the key `columns` of the file, and
run.json lists the same columns of readouts. --self-test changes one meaning in a copy, which must be noticed.
"""

import argparse
import json
import math
import sys
import tempfile
from pathlib import Path

import duckdb
import pandas
import polars
import pyarrow.parquet

TOLERANCE = 1e-9


def means(path, column):
    """The mean of a column by four readers, NaN for one without values."""
    arrow = pyarrow.parquet.read_table(path, columns=[column])[column].to_pandas().mean()
    frame = pandas.read_parquet(path, columns=[column])[column].mean()
    duck = duckdb.execute(f'SELECT avg("{column}") FROM read_parquet(?)', [str(path)]).fetchone()[0]
    polar = polars.read_parquet(path, columns=[column])[column].mean()
    return [math.nan if mean is None else float(mean) for mean in (arrow, frame, duck, polar)]


def described_by_arrow(path):
    """Name, unit and meaning of each column, from the metadata of its field."""
    text = lambda field, key: (field.metadata or {}).get(key, b"").decode()
    return [(field.name, text(field, b"unit"), text(field, b"meaning")) for field in pyarrow.parquet.read_schema(path)]


def described_as_json(text):
    return [(column["name"], column["unit"], column["meaning"]) for column in json.loads(text)]


def judge(path, listed):
    """What is wrong with a table, in words."""
    faults = []
    described = described_by_arrow(path)
    query = "SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = 'columns'"
    found = {
        "DuckDB": described_as_json(duckdb.execute(query, [str(path)]).fetchone()[0]),
        "Polars": described_as_json(polars.read_parquet_metadata(path)["columns"]),
    }
    if listed is not None:
        found["run.json"] = listed
    faults += [f"{name} has other columns than pyarrow" for name, columns in found.items() if columns != described]
    for name, unit, meaning in described:
        is_text = pyarrow.types.is_string(pyarrow.parquet.read_schema(path).field(name).type)
        if not meaning or is_text != (unit == ""):
            faults.append(f"{name} has the unit {unit!r} and the meaning {meaning!r}")
        # Seeds have 64 bits, of which a mean in double precision says nothing.
        if is_text or name == "seed":
            continue
        first, *others = means(path, name)
        for other in others:
            if not (math.isnan(first) and math.isnan(other) or math.isclose(first, other, rel_tol=TOLERANCE, abs_tol=1e-12)):
                faults.append(f"{name} has the means {first} and {other}")
    return faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--self-test", action="store_true")
    arguments = parser.parse_args()
    record = json.loads((arguments.folder / "run.json").read_text())
    listed = [(column["name"], column["unit"], column["meaning"]) for column in record["readouts"]]
    tables = {"readouts.parquet": listed, "neurons.parquet": None}
    if arguments.self_test:
        path = arguments.folder / "readouts.parquet"
        table = pyarrow.parquet.read_table(path)
        of_file = {b"columns": pyarrow.parquet.read_metadata(path).metadata[b"columns"]}
        field = table.schema.field(2)
        other = field.with_metadata({**field.metadata, b"meaning": b"something else"})
        with tempfile.TemporaryDirectory() as scratch:
            copy = Path(scratch) / "readouts.parquet"
            pyarrow.parquet.write_table(table.cast(table.schema.set(2, other).with_metadata(of_file)), copy)
            if len(judge(copy, listed)) < len({"DuckDB", "Polars", "run.json"}):
                sys.exit("a changed meaning is not noticed")
        print("a changed meaning is noticed")
        return
    wrong = False
    for name, columns in tables.items():
        faults = judge(arguments.folder / name, columns)
        for fault in faults:
            print(f"{name}: {fault}")
        wrong |= bool(faults)
        rows = pyarrow.parquet.read_metadata(arguments.folder / name).num_rows
        print(f"{name}: {rows} rows by pyarrow, pandas, DuckDB and Polars, {len(faults)} faults")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
