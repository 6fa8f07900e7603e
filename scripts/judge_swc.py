#!/usr/bin/env python3
"""Lets NeuroM and MorphIO judge the SWC files of a run.

    judge_swc.py DIR [--self-test]

Opens every file under DIR/axons with both readers, takes any warning or error of either as a failure, and holds
the length, the tips, the branch points and the highest branch order that they find against DIR/neurons.parquet:
lengths to 1e-4 relative (both readers add up in single precision), counts exactly. --self-test damages copies of one file in ways that
must be noticed, and fails if one is not.
"""

import argparse
import os
import sys
import tempfile
import warnings
from pathlib import Path

import morphio
import neurom
import numpy
import pyarrow.parquet

LENGTH_TOLERANCE = 1e-4


class Stderr:
    """Whatever is written to the process's standard error meanwhile, from compiled code too."""

    def __enter__(self):
        self.file = tempfile.TemporaryFile()
        sys.stderr.flush()
        self.saved = os.dup(2)
        os.dup2(self.file.fileno(), 2)
        return self

    def __exit__(self, *_):
        sys.stderr.flush()
        os.dup2(self.saved, 2)
        os.close(self.saved)
        self.file.seek(0)
        self.text = self.file.read().decode(errors="replace").strip()
        self.file.close()


def with_morphio(path):
    """Length, tips, branch points and highest branch order by MorphIO, and its complaints."""
    collector = morphio.WarningHandlerCollector()
    morphology = morphio.Morphology(str(path), warning_handler=collector)
    complaints = [str(entry.warning.msg()) for entry in collector.get_all()]
    length, tips, branch_points, order = 0.0, 0, 0, 0
    orders = {}
    for section in morphology.iter():
        points = section.points.astype(numpy.float64)
        length += float(numpy.linalg.norm(numpy.diff(points, axis=0), axis=1).sum())
        tips += len(section.children) == 0
        branch_points += len(section.children) > 1
        orders[section.id] = 0 if section.is_root else orders[section.parent.id] + 1
        order = max(order, orders[section.id])
    return (length, tips, branch_points, order), complaints


def with_neurom(path):
    """Length, tips, branch points and highest branch order by NeuroM."""
    neuron = neurom.load_morphology(str(path))
    length = neurom.get("total_length", neuron)
    tips = neurom.get("number_of_leaves", neuron)
    branch_points = neurom.get("number_of_forking_points", neuron)
    orders = neurom.get("section_branch_orders", neuron)
    return float(length), int(tips), int(branch_points), int(max(orders, default=0))


def judge(path, expected):
    """What is wrong with a file, in words."""
    faults = []
    with warnings.catch_warnings(record=True) as caught, Stderr() as stderr:
        warnings.simplefilter("always")
        found = {}
        try:
            found["MorphIO"], complaints = with_morphio(path)
            faults += [f"MorphIO warns: {complaint}" for complaint in complaints]
            found["NeuroM"] = with_neurom(path)
        except Exception as error:  # Whatever a reader raises is a verdict on the file.
            faults.append(f"cannot be read: {error}")
    faults += [f"warning: {warning.message}" for warning in caught]
    if stderr.text:
        faults.append(f"standard error: {stderr.text}")
    for reader, (length, tips, branch_points, order) in found.items():
        if abs(length - expected["length"]) > LENGTH_TOLERANCE * max(expected["length"], 1e-9):
            faults.append(f"{reader} finds a length of {length} µm, the table says {expected['length']}")
        if tips != expected["tips"]:
            faults.append(f"{reader} finds {tips} tips, the table says {expected['tips']}")
        if branch_points != expected["branch_points"]:
            faults.append(f"{reader} finds {branch_points} branch points, the table says {expected['branch_points']}")
        if order != (expected["order"] or 0):
            faults.append(f"{reader} finds a highest branch order of {order}, the table says {expected['order']}")
    return faults


def expectations(folder):
    """What neurons.parquet says of each file, by its path in the folder."""
    columns = ["swc", "neurite_length_total_um", "tips", "branch_points", "branch_order_max"]
    table = pyarrow.parquet.read_table(folder / "neurons.parquet", columns=columns).to_pylist()
    return {
        row["swc"]: {
            "length": row["neurite_length_total_um"],
            "tips": row["tips"],
            "branch_points": row["branch_points"],
            "order": row["branch_order_max"],
        }
        for row in table
        if row["swc"]
    }


def damages(text):
    """Copies of a file that are each wrong in one way."""
    lines = text.splitlines()
    heading = [line for line in lines if line.startswith("#")]
    points = [line.split() for line in lines if line and not line.startswith("#")]

    def joined(changed):
        return "\n".join(heading + [" ".join(fields) for fields in changed]) + "\n"

    last = points[-1]
    moved = last[:2] + [str(float(last[2]) + 50.0)] + last[3:]
    yield "its last point moved by 50 µm", joined(points[:-1] + [moved])
    sprout = [str(int(last[0]) + 1)] + last[1:2] + [str(float(last[2]) + 1e-4)] + last[3:6] + [points[-2][0]]
    yield "a tiny branch added", joined(points + [sprout])
    yield "a point without its parent", joined(points[:-1] + [last[:6] + ["999999999"]])
    yield "a second soma", joined(points + [[str(int(last[0]) + 1), "1"] + last[2:6] + ["-1"]])
    yield "a radius of zero", joined(points[:-1] + [last[:5] + ["0"] + last[6:]])


def self_test(folder, files, expected):
    """Whether damage is noticed."""
    path = max(files, key=lambda path: path.stat().st_size)
    text = path.read_text()
    missed = []
    with tempfile.TemporaryDirectory() as scratch:
        for what, damaged in damages(text):
            copy = Path(scratch) / "damaged.swc"
            copy.write_text(damaged)
            faults = judge(copy, expected[path.relative_to(folder).as_posix()])
            print(f"self-test: {what}: {'noticed' if faults else 'MISSED'}")
            if not faults:
                missed.append(what)
    return not missed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--self-test", action="store_true", help="also see that damaged files are noticed")
    arguments = parser.parse_args()
    folder = arguments.folder
    expected = expectations(folder)
    files = sorted((folder / "axons").rglob("*.swc"))
    if not files:
        sys.exit(f"judge: no SWC file under {folder / 'axons'}")

    failed = 0
    names = {path.relative_to(folder).as_posix(): path for path in files}
    for name in sorted(set(expected) - set(names)):
        failed += 1
        print(f"{name}: named in neurons.parquet, but not there")
    for name, path in names.items():
        faults = judge(path, expected[name]) if name in expected else ["not named in neurons.parquet"]
        failed += bool(faults)
        for fault in faults:
            print(f"{name}: {fault}")
    if failed:
        sys.exit(f"judge: {failed} of {len(files)} files fail")
    if arguments.self_test and not self_test(folder, files, expected):
        sys.exit("judge: damage went unnoticed, so its verdicts mean nothing")
    print(f"judge: {len(files)} files, all agree")


if __name__ == "__main__":
    main()
