"""The latency bench runs to its end."""

import pytest

from scripts.bench.latency import main


def test_it_prints_the_middle_and_the_tail_beside_their_floor(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--times", "40"])
    rows = capsys.readouterr().out.splitlines()[4:10]
    assert [("p50" in row, "p99" in row) for row in rows] == [(True, False)] * 3 + [(False, True)] * 3
    assert ["| baseline |" in row for row in rows] == [True, False, False] * 2
