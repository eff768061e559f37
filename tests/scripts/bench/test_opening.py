"""What openings are told as. That it runs in a browser is seen in tests/browser/test_benches.py."""

import pytest

from scripts.bench.opening import first_screen, show


def test_the_first_case_is_what_the_others_are_beside(capsys: pytest.CaptureFixture[str]) -> None:
    show({"plain": [10.0, 20.0, 30.0], "ours": [40.0, 40.0, 90.0]})
    lines = capsys.readouterr().out.splitlines()
    assert "| plain | 20 ms | 30 ms | 30 ms | baseline |" in lines
    assert "| ours | 40 ms | 90 ms | 90 ms | 2.00 x |" in lines


def test_the_first_screen_is_counted_as_it_is_sent() -> None:
    assert 50_000 < first_screen() < 150_000
