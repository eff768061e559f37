"""What of a call arrives is told, a column for each network."""

import pytest

from scripts.bench.losses import WEATHERS, main


def test_pictures_are_whole_over_each_network(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--no-browsers", "--seconds", "0.4"])
    rows = capsys.readouterr().out.splitlines()
    (whole,) = [row for row in rows if "pictures whole" in row]
    assert whole.count("%") == len(WEATHERS)
    assert "| 100 ms late |" in rows[2]
