#!/usr/bin/env python3
"""Draws every step of every lesson as the window shows it once its plate has run: docs/lessons/LESSON-STEP.jpg, of which docs/teaching.md
shows a row for each lesson. `lesson_pictures.py [LESSON ...]`; needs Xvfb, xdotool and imagemagick, and the built program (PROGRAM)."""

import os
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = Path(os.environ.get("PROGRAM", ROOT / "target/release/outgrowth")).resolve()
LESSONS = ROOT / "assets/lessons"
PICTURES = ROOT / "docs/lessons"
# The window, the part of it without the ground behind, and the width of the pictures.
SCREEN, CROP, WIDTH = "1280x720x24", "1280x720+0+0", 800
PATIENCE_S = 90


def guess_of(step, conditions):
    """The first answer that may be given ahead of the run."""
    asked = step["prediction"]
    if "choices" in asked:
        return asked["choices"][0]["id"]
    if "number" in asked:
        return sum(asked["number"]) / 2
    return next(iter(asked.get("greatest") or asked.get("least") or conditions))


def progress(lesson, step):
    """The progress of somebody who has come to a step, made its prediction, and not run it."""
    text = f'format = 1\nlesson = "{lesson}"\nat = "{step["id"]}"\n[[step]]\nid = "{step["id"]}"\nbegun = false\ntrials = []\n'
    if "prediction" in step:
        guess = guess_of(step, [])
        text += f'guess = {guess}\n' if isinstance(guess, float) else f'guess = "{guess}"\n'
    controls = {control["id"]: control.get("begins", control["values"][0]) for control in step.get("control", [])}
    lines = "".join(f'{name} = "{value}"\n' for name, value in controls.items())
    return text + "[step.settings]\n" + lines


def wait_for(log, words):
    end = time.time() + PATIENCE_S
    while words not in log.read_text():
        if time.time() > end:
            sys.exit(f"never said: {words}")
        time.sleep(0.2)


def draw(lesson, number, step, display):
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        kept = scratch / "outgrowth/lessons" / f"{lesson}.toml"
        kept.parent.mkdir(parents=True)
        kept.write_text(progress(lesson, step))
        log = scratch / "log"
        environment = os.environ | {"DISPLAY": display, "XDG_CONFIG_HOME": str(scratch), "XDG_RUNTIME_DIR": str(scratch), "LANG": "C"}
        with log.open("w") as said:
            command = [PROGRAM, "lesson", lesson, "--engine", "cpu", "-vv"]
            window = subprocess.Popen(command, env=environment, stderr=said, stdout=said)
        try:
            wait_for(log, "the step is measured")
            time.sleep(3)
            file = PICTURES / f"{lesson}-{number}.jpg"
            subprocess.run(["import", "-window", "root", "-crop", CROP, "-resize", str(WIDTH), "-quality", "75", file], env=environment, check=True)
            print(file.relative_to(ROOT), file.stat().st_size)
        finally:
            window.terminate()
            window.wait()


def main():
    wanted = sys.argv[1:] or sorted(folder.name for folder in LESSONS.iterdir() if (folder / "lesson.toml").is_file())
    PICTURES.mkdir(parents=True, exist_ok=True)
    read, write = os.pipe()
    screen = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", SCREEN, "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL)
    display = ":" + os.read(read, 16).decode().strip()
    try:
        for lesson in wanted:
            steps = tomllib.loads((LESSONS / lesson / "lesson.toml").read_text())["step"]
            for number, step in enumerate(steps, 1):
                draw(lesson, number, step, display)
    finally:
        screen.terminate()


main()
