#!/usr/bin/env python3
"""Writes NOTICES.md: the libraries that the program and the page in the browser are made of, on whatever system, and their licences.
With --check it only says whether the file is as it should be.

The list is that of `cargo metadata`: what is reached from the package by other than development and build dependencies. Texts
are those that lie in the sources of each library, of a choice that of MIT; the same text stands once."""

import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILE = ROOT / "NOTICES.md"
# What people are given: the program, and the page in the browser.
PASSED_ON = ("outgrowth", "outgrowth-web")
TEXTS = re.compile(r"^(licen[cs]e|copying|notice|unlicense|copyright|ofl|ufl)", re.IGNORECASE)


def metadata():
    command = ["cargo", "metadata", "--format-version", "1", "--locked"]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def reached(facts):
    """The packages that end up in the program."""
    nodes = {node["id"]: node for node in facts["resolve"]["nodes"]}
    roots = [package["id"] for package in facts["packages"] if package["name"] in PASSED_ON and package["source"] is None]
    seen, open_ids = set(roots), list(roots)
    while open_ids:
        for dependency in nodes[open_ids.pop()]["deps"]:
            kinds = {kind["kind"] for kind in dependency["dep_kinds"]}
            if None in kinds and dependency["pkg"] not in seen:
                seen.add(dependency["pkg"])
                open_ids.append(dependency["pkg"])
    packages = {package["id"]: package for package in facts["packages"]}
    return sorted((packages[one] for one in seen.difference(roots)), key=lambda package: (package["name"], package["version"]))


def texts_of(package):
    """The licence texts in the sources of a package, wherever they lie."""
    folder = pathlib.Path(package["manifest_path"]).parent
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and TEXTS.match(path.name)]
    written = [path for path in files if path.suffix.lower() in ("", ".md", ".txt", ".mit", ".apache", ".apache2")]
    # Where there is a choice it falls on MIT, the shortest of them.
    choice = re.split(r" OR |/", package["license"] or "")
    chosen = [path for path in written if not re.search("apache|zlib|unlicense|bsl|boost|0bsd|lgpl|gpl", path.name, re.IGNORECASE)]
    if len(choice) > 1 and "MIT" in choice and chosen:
        written = chosen
    for path in written:
        text = path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip("\n")
        yield "\n".join(line.rstrip() for line in text.split("\n"))


def page():
    packages = reached(metadata())
    lines = [
        "# Notices",
        "",
        "The program and the page in the browser hold these libraries, under the licences that they name. Written by",
        "`scripts/notices.py`; which of them are in a program depends on the system that it is built for. The page has CODAP's iframe-phone",
        "as well, whose licence, MIT, lies beside it.",
        "",
        "| library | version | licence | source |",
        "|---|---|---|---|",
    ]
    users = {}
    for package in packages:
        name = f"{package['name']} {package['version']}"
        licence = package["license"] or "see its text"
        lines.append(f"| {package['name']} | {package['version']} | {licence} | {package['repository'] or ''} |")
        for text in texts_of(package):
            users.setdefault(text, []).append(name)
    lines += ["", "## Texts"]
    for text, names in sorted(users.items(), key=lambda item: (item[1], item[0])):
        fence = "`" * max([3] + [len(run) + 1 for run in re.findall(r"`{3,}", text)])
        names = ", ".join(sorted(set(names)))
        lines += ["", f"Of {names}:", "", f"{fence}text", text, fence]
    return "\n".join(lines) + "\n"


def main():
    text = page()
    if sys.argv[1:] != ["--check"]:
        FILE.write_text(text, encoding="utf-8")
    elif not FILE.exists() or FILE.read_text(encoding="utf-8") != text:
        sys.exit("NOTICES.md is not as scripts/notices.py writes it: run it")


main()
