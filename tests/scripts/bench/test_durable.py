"""The bench of commits runs to its end."""

import pytest

from scripts.bench.durable import main


def test_it_prints_the_store_beside_the_library_and_the_disk(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--times", "10"])
    rows = capsys.readouterr().out.splitlines()[4:9]
    assert ["synced" in row for row in rows] == [True, True, False, True, False]
    assert [row.count("x messages in commits of 100, bare sqlite3") for row in rows] == [0, 0, 0, 0, 1]
