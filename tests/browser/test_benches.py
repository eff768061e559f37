"""The benches of the page run to their end in a browser, on small conversations; their figures are judged elsewhere."""

import re
import subprocess
import sys

from tests.house.tree import ROOT


def told_by(bench: str, *flags: str) -> str:
    """What this bench prints, in a process of its own as by hand: a browser may be driven in this one. 1: missed."""
    command = [sys.executable, f"scripts/bench/{bench}.py", *flags]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=170)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def test_scrolling_is_measured_beside_plain_bubbles() -> None:
    told = told_by("scroll", "--messages", "300", "--short", "200", "--strokes", "2")
    assert re.search(r"\| messages at most \| 250 \| \d+ \| \d+ \|", told)
    (walked,) = re.findall(r"\| screens walked \| [\d.]+ \| [\d.]+ \| ([\d.]+) \|", told)
    assert float(walked) > 2


def test_openings_are_measured_from_memory_and_from_the_disk() -> None:
    told = told_by("opening", "--conversations", "2")
    assert "| held by the page, 250 messages |" in told
    assert "| first look after a reload, 100 messages from the disk |" in told


def test_first_pictures_are_timed_in_a_room_and_between_two() -> None:
    told = told_by("first_frame", "--joins", "1")
    assert "into a call of a room, 1 times" in told
    assert "the same, from an open camera, 1 times" in told
    assert "answering a call, 1 times" in told
    assert len(re.findall(r"\*\*together, from an open camera\*\* \(target \d+ ms\) \| -?[\d,.]+ ms", told)) == 3
