"""The forwarding bench runs to its end, and sets the unit beside the plainest loop."""

import os
import re

import pytest

from scripts.bench.forwarding import main


def test_it_prints_cpu_and_delay_beside_the_plainest_loop(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--people", "3", "--many", "0", "--seconds", "0.5", "--rounds", "1", "--no-janus"])
    told = capsys.readouterr().out
    assert told.count("| baseline |") == 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "SCHED_IDLE") else 0
    assert f"with {cores} cores kept awake" in told
    for what in ("CPU for each packet passed on", "of a core", "delay, p99"):
        (row,) = re.findall(rf"\| {what} \| ([\d.,]+) \S+ \| ([\d.,]+) \S+ \|", told)
        assert all(float(value.replace(",", "")) >= 0 for value in row)
    (arrived,) = re.findall(r"arrived \| (\d+)[\d.]* % \| (\d+)[\d.]* % \|", told)
    assert [int(share) > 50 for share in arrived] == [True, True]
