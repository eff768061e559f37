"""The bench of whole questions runs to its end on a small town: its server finds what was written beside the rules."""

import pytest

from scripts.bench import questions
from scripts.bench.questions import Filled, main
from scripts.bench.search import Town, kinds


def test_it_prints_each_kind_of_question_that_is_asked_of_a_server(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "TARGET", 10_000)
    assert main(["--messages", "2000", "--conversations", "8", "--people", "10"]) == 0
    rows = [line.split(" | ") for line in capsys.readouterr().out.splitlines() if line.startswith("| ")][1:]
    hits = {name.removeprefix("| "): found for name, found, *_ in rows}
    assert hits["a ping"] == ""
    assert hits["a very common word"] == "20"
    assert int(hits["by a person, with files, no words"]) > 0
    assert int(hits["in one conversation, common"]) > 0
    assert hits["two letters that are nowhere"] == "0"
    assert "somebody in few conversations, common" not in hits


def test_a_question_of_somebody_who_is_elsewhere_is_not_asked() -> None:
    town = Town(100, 100, 10)
    filled = Filled("", [f"room.{number}" for number in range(100)], 0)
    asked = {name: filled.command(of[0]) is not None for name, of in kinds(town).items()}
    assert [name for name, is_asked in asked.items() if not is_asked] == [
        "somebody in few conversations, common",
        "somebody in all of them, common",
        "somebody in all of them, rare",
    ]
