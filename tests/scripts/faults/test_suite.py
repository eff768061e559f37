"""The one command: every fault there is, and no error of one hides the others."""

from pathlib import Path

import pytest

from scripts.faults import suite
from scripts.faults.shown import Shown

FOLDER = Path(suite.__file__).parent
SHARED = {"suite", "shown", "victim", "phone", "bystander", "postgres", "redis_server", "nginx", "wire", "faked"}


def test_no_fault_is_forgotten() -> None:
    owners = {run.__module__.rpartition(".")[2] for run in suite.FAULTS.values()}  # type: ignore[attr-defined]
    assert owners == {path.stem for path in FOLDER.glob("*.py")} - SHARED


def test_one_that_breaks_is_shown_and_the_next_is_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(*, long: bool) -> list[Shown]:
        raise ExceptionGroup("of a group of tasks", [OSError(f"no disk, long={long}")])

    def holds(*, long: bool) -> list[Shown]:
        return [Shown("holds", "long", str(long), holds=True)]

    monkeypatch.setattr(suite, "FAULTS", {"breaks": breaks, "holds": holds})
    assert suite.main(["--long", "--only", "holds"]) == 0
    assert suite.main([]) == 1
    said, told = capsys.readouterr()
    assert "The long part" in said
    assert told.index("breaks: FAILED") < told.index("| breaks |") < told.index("holds: held", told.index("| breaks |"))
    assert "| breaks | comes to its end | OSError: no disk, long=False | **no** |" in said
    assert "| holds | long | False | yes |" in said


def test_a_number_of_histories_is_of_the_long_part(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(suite.proxy, "histories", lambda many: [Shown("proxy", "so many", str(many), holds=True)])
    assert suite.main(["--long", "--only", "proxy", "--histories", "20"]) == 0
    assert "| proxy | so many | 20 | yes |" in capsys.readouterr().out
    for wrong in (["--histories", "20"], ["--long", "--histories", "0"]):
        with pytest.raises(SystemExit):
            suite.main(["--only", "proxy", *wrong])
