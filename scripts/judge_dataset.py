#!/usr/bin/env python3
"""Lets DuckDB, Polars and pandas read the dataset of a sweep, and `rocrate` what describes it.

    judge_dataset.py DIR [--self-test]

Each of the three reads all rows in one line to the same count and the same mean of `tips` at the last time, which they print. The
crate lists every file of the dataset and one action that made them; datapackage.json names every column, also of each table that
is there as text alone. --self-test leaves a row out for one of the readers, which must be noticed."""

import argparse
import json
import math
import sys
from pathlib import Path

import duckdb
import pandas
import polars
from rocrate.rocrate import ROCrate


def readings(folder, a_row_less):
    """Rows, and the mean of tips at the last time, by each reader."""
    parts = f"{folder}/readouts/*/*.parquet"
    last = f"(select max(time_h) from '{parts}')"
    by_duckdb = duckdb.execute(f"select count(*), avg(tips) filter (time_h = {last}) from '{parts}'").fetchone()
    table = polars.read_parquet(parts)
    by_polars = (table.height, table.filter(polars.col("time_h") == polars.col("time_h").max())["tips"].mean())
    frame = pandas.read_parquet(folder / "readouts")
    frame = frame.iloc[:-1] if a_row_less else frame
    by_pandas = (len(frame), frame[frame.time_h == frame.time_h.max()].tips.mean())
    return {"DuckDB": by_duckdb, "Polars": by_polars, "pandas": by_pandas}


def judge(folder, a_row_less=False):
    """What is wrong with a dataset, in words."""
    faults = []
    found = readings(folder, a_row_less)
    rows, mean = found["DuckDB"]
    for name, (others, other) in found.items():
        print(f"{name}: {others} rows, mean of tips {other}")
        if others != rows or not math.isclose(other, mean, rel_tol=1e-9):
            faults.append(f"{name} reads {others} rows with the mean {other}, DuckDB {rows} with {mean}")
    crate = ROCrate(folder)
    listed = {entity.id.rstrip("/") for entity in crate.get_entities()}
    written = [path for kind in ("*.parquet", "*.csv", "*.html") for path in folder.rglob(kind)]
    for path in written:
        name = str(path.relative_to(folder))
        if name not in listed and not any(name.startswith(entry + "/") for entry in listed):
            faults.append(f"{name} is not in the crate")
    if not any("CreateAction" in str(entity.type) for entity in crate.get_entities()):
        faults.append("the crate has no action that made the dataset")
    package = json.loads((folder / "datapackage.json").read_text())
    named = {field["name"] for resource in package["resources"] for field in resource["schema"]["fields"]}
    columns = set(polars.read_parquet_schema(next(folder.glob("readouts/*/*.parquet"))))
    faults += [f"datapackage.json has no column {column}" for column in sorted(columns - named)]
    for resource in package["resources"]:
        if resource["format"] == "csv":
            columns = set(pandas.read_csv(folder / resource["path"]).columns)
            described = {field["name"] for field in resource["schema"]["fields"]}
            faults += [f"{resource['path']}: {column} is in one of the two only" for column in columns ^ described]
    return faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--self-test", action="store_true")
    arguments = parser.parse_args()
    if arguments.self_test:
        if not judge(arguments.folder, a_row_less=True):
            sys.exit("a row that is left out is not noticed")
        print("a row that is left out is noticed")
        return
    faults = judge(arguments.folder)
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
