"""The gate tells apart: fine, failed, and not there yet; and with --all the last is a failure."""

import sys

import pytest

from scripts import check


def step(code: str, *needs: str) -> check.Step:
    return check.Step("tried", "a step of this test", needs, lambda _: [sys.executable, "-c", code])


def test_a_step_that_fails_shows_what_it_printed() -> None:
    outcome = check.run(step("print('why'); raise SystemExit(3)", "scripts"))
    assert (outcome.word, outcome.output) == ("failed", "why\n")


def test_a_step_that_works_is_ok() -> None:
    assert check.run(step("", "scripts")).word == "ok"


def test_what_a_step_starts_finds_its_modules_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    kept = "import sys; raise SystemExit(sys.dont_write_bytecode or not sys.pycache_prefix.startswith(sys.prefix))"
    assert check.run(step(kept, "scripts")).word == "ok"


def test_what_does_not_exist_is_said_and_not_run() -> None:
    assert check.run(step("raise SystemExit(3)", "no-such-folder")).word == "nothing there yet"


def test_a_step_looks_at_the_half_that_exists() -> None:
    assert check.run(step("raise SystemExit(3)", "scripts", "no-such-folder")).word == "failed"


def test_with_all_nothing_may_be_missing() -> None:
    outcome = check.run(step("", "no-such-folder"))
    assert check.judge(outcome, everything=False).word == "nothing there yet"
    assert check.judge(outcome, everything=True).word == "failed"
    half = check.run(step("", "scripts", "no-such-folder"))
    assert check.judge(half, everything=True).word == "failed"
    assert check.judge(check.run(step("", "scripts")), everything=True).word == "ok"


def test_a_missing_tool_is_said_with_the_next_step() -> None:
    with pytest.raises(check.CannotCheck, match=r"no_such_tool is not installed here. Run:"):
        check.module("no_such_tool")
    with pytest.raises(check.CannotCheck, match="Run: npm ci"):
        check.node("node_modules/no-such-tool")


def test_the_folders_with_steps_of_their_own_exist() -> None:
    assert all((check.ROOT / folder).is_dir() for folder in check.NOT_UNIT)


def test_a_folder_of_code_is_checked_without_being_named() -> None:
    folders = {path.parent.name for path in check.ROOT.glob("[a-z]*/*.py")}
    assert folders - {"tests"} <= set(check.types(["server.py"]))
