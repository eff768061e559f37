"""The bench of uploads sends what it says, compares like with like, and fails when memory grows too much."""

import pytest

from scripts.bench import upload
from scripts.bench.upload import BLOCK, Cost, blocks, compared, figures

PLAIN = Cost(before=60e6, most=61e6, cpu=2.0, seconds=10.0)


def test_as_many_bytes_are_sent_as_were_asked_for() -> None:
    for size in [0, 1, len(BLOCK), len(BLOCK) * 3 + 7]:
        assert sum(map(len, blocks(size))) == size


def test_like_is_compared_with_like() -> None:
    ours = Cost(before=70e6, most=77e6, cpu=4.0, seconds=20.0)
    told = {figure.what: (figure.value, figure.ratio) for figure in figures(ours, PLAIN, 1_000_000_000)}
    assert told["memory at the most during it"] == (77.0, 1.1)
    assert told["CPU for a GB, Parley: hashed, synced, resumable"] == (4.0, 2.0)
    assert told["bytes a second, Parley: hashed, synced, resumable"] == (50.0, 0.5)
    assert [figure.ratio for figure in compared("x", "s", 4.0, 3.0)] == [None, 0.75]


@pytest.mark.parametrize(("most", "code"), [(89.9e6, 0), (90.1e6, 1)])
def test_more_than_twenty_megabytes_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], most: float, code: int
) -> None:
    ours = Cost(before=70e6, most=most, cpu=1.0, seconds=1.0)
    monkeypatch.setattr(upload, "measure", lambda size: (ours, PLAIN))
    assert upload.main(["--megabytes", "1"]) == code
    assert ("expected at most 20 MB" in capsys.readouterr().err) == bool(code)


def test_a_real_server_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert upload.main(["--megabytes", "30"]) == 0
    assert "| memory at the most during it |" in capsys.readouterr().out
