"""The bench of idle connections runs to its end."""

import pytest

from scripts.bench.idle import main


def test_it_prints_memory_and_cpu_beside_a_plain_server(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--connections", "30"])
    rows = capsys.readouterr().out.splitlines()[4:8]
    assert ["baseline" in row for row in rows] == [True, False, True, False]
    assert [row.count(" kB |") for row in rows] == [1, 1, 0, 0]
