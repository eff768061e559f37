"""The one gate: every check of Parley as a named step, in the order in which a mistake is cheapest to find.

A step runs as soon as what it looks at exists. Until then it says "nothing there yet", and with --all, as CI
runs it, that is a failure too: a step can be absent, but never quietly.
"""

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OURS = ("server.py", "handlers", "store", "protocol", "chat", "calls", "trust", "scripts")
NOT_UNIT = ["tests/house", "tests/browser"]
NO_TESTS_RAN = 5  # pytest's exit code for it
CHROMIUM = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


class CannotCheck(Exception):
    """A tool is missing. The text says which, and how to get it."""


@dataclass(frozen=True)
class Step:
    """One check: what it looks at (`needs`), and how its command is made when some of that is there.

    `shown` steps print as they run, because their runner's closing lines are what people look for.
    """

    name: str
    says: str
    needs: tuple[str, ...]
    command: Callable[[list[str]], list[str]]
    shown: bool = False
    slow: bool = False


@dataclass(frozen=True)
class Outcome:
    """How a step ended: "ok", "failed" or "nothing there yet", in how many seconds, and what it printed."""

    step: Step
    word: str
    seconds: float = 0.0
    output: str = ""


def module(name: str, *arguments: str) -> list[str]:
    """The command for a tool of the venv. Raises CannotCheck if it is not installed."""
    if importlib.util.find_spec(name) is None:
        raise CannotCheck(f"{name} is not installed here. Run: python3 scripts/test.py --set-up")
    return [sys.executable, "-m", name, *arguments]


def node(*arguments: str) -> list[str]:
    """The command for node, whose first path argument may be a tool in node_modules/.

    Raises CannotCheck if node or that tool is missing.
    """
    beside = Path(sys.executable).parent  # where scripts/test.py puts one if the system has none
    program = shutil.which("node", path=f"{beside}{os.pathsep}{os.environ.get('PATH', '')}")
    if program is None:
        raise CannotCheck("Node.js 20 or newer is needed to check the phone app. Install it first.")
    tool = next((a for a in arguments if a.startswith("node_modules/")), None)
    if tool is not None and not (ROOT / tool).exists():
        raise CannotCheck(f"{tool} is missing. Run: npm ci")
    return [program, *arguments]


def node_tests(folders: list[str]) -> list[str]:
    """node's own test runner on every *.test.js below the folders, listed by us: node 20 and 22 differ."""
    files = [
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for ending in ("*.test.js", "*.test.mjs")
        for path in sorted((ROOT / folder).rglob(ending))
    ]
    return node("--import", "./tests/pwa/register.mjs", "--test", *files)


def browser_tests(folders: list[str]) -> list[str]:
    """pytest on the journeys. Raises CannotCheck if there is no browser, or nothing to trust our authority with."""
    if not os.environ.get("PARLEY_CHROMIUM") and not any(map(shutil.which, CHROMIUM)):
        raise CannotCheck("Chromium is missing. On Debian: apt-get install chromium")
    if shutil.which("certutil") is None:
        raise CannotCheck("certutil is missing. On Debian: apt-get install libnss3-tools")
    return module("pytest", *folders)


def types(there: list[str]) -> list[str]:
    """mypy on all folders of code, on those too that nobody named here, but for the tests."""
    folders = {path.parent.name for path in ROOT.glob("[a-z]*/*.py")} - {"tests"}
    return module("mypy", "--strict", *sorted(folders.union(there)))


def unit_tests(_folders: list[str]) -> list[str]:
    """pytest on everything but the house's own tests and the browser's, which are steps of their own."""
    return module("pytest", "tests", *(f"--ignore={folder}" for folder in NOT_UNIT))


STEPS = (
    Step("format", "ruff format", ("scripts",), lambda _: module("ruff", "format", "--check", ".")),
    Step("lint", "ruff check", ("scripts",), lambda _: module("ruff", "check", ".")),
    Step("types", "mypy --strict", OURS, types),
    Step(
        "vendor",
        "hashes of vendored files",
        ("pwa/vendor/VENDORED.md",),
        lambda _: [sys.executable, "scripts/vendor.py", "--check"],
    ),
    Step(
        "pwa-types",
        "tsc --checkJs on the app",
        ("pwa/app.js",),
        lambda _: node("node_modules/typescript/bin/tsc", "-p", "tsconfig.json"),
    ),
    Step(
        "worker-types",
        "tsc --checkJs on the service worker",
        ("pwa/sw.js",),
        lambda _: node("node_modules/typescript/bin/tsc", "-p", "tsconfig.worker.json"),
    ),
    Step(
        "pwa-lint",
        "biome",
        ("pwa/app.js",),
        lambda _: node("node_modules/@biomejs/biome/bin/biome", "ci", "--colors=off", "."),
    ),
    Step("house", "house rules", ("tests/house",), lambda there: module("pytest", *there), True),
    Step("unit", "pytest", ("tests/conftest.py",), unit_tests, True),
    Step("pwa", "node --test", ("tests",), node_tests, True),
    Step("browser", "journeys in a browser", ("tests/browser",), browser_tests, True, slow=True),
)


def keeping_bytecode(environment: Mapping[str, str]) -> dict[str, str]:
    """With compiled modules kept beside the venv, so that each of some hundred servers need not compile them again."""
    told = {**environment, "PYTHONPYCACHEPREFIX": str(Path(sys.prefix) / "bytecode")}
    told.pop("PYTHONDONTWRITEBYTECODE", None)
    return told


def run(step: Step) -> Outcome:
    """Runs one step on what exists of its needs. Raises CannotCheck if its tool is missing."""
    there = [need for need in step.needs if (ROOT / need).exists()]
    if not there or (step.name == "pwa" and not any((ROOT / "tests").rglob("*.test.*js"))):
        return Outcome(step, "nothing there yet")
    command = step.command(there)
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=keeping_bytecode(os.environ),
        check=False,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        stdout=None if step.shown else subprocess.PIPE,
        stderr=None if step.shown else subprocess.STDOUT,
    )
    seconds = time.monotonic() - began
    if step.shown and done.returncode == NO_TESTS_RAN and "pytest" in command:
        return Outcome(step, "nothing there yet", seconds)
    return Outcome(step, "failed" if done.returncode else "ok", seconds, done.stdout or "")


def absent(step: Step) -> list[str]:
    """What the step should look at and cannot, because it does not exist."""
    return [need for need in step.needs if not (ROOT / need).exists()]


def judge(outcome: Outcome, everything: bool) -> Outcome:
    """With `everything` asked for, what is not there is a failure and not a pardon."""
    missing = absent(outcome.step)
    if not everything or (outcome.word == "ok" and not missing):
        return outcome
    if outcome.word == "failed":
        return outcome
    said = f"Expected, and not there: {', '.join(missing) or 'any test'}\n"
    return Outcome(outcome.step, "failed", outcome.seconds, outcome.output + said)


def carry_out(steps: Iterable[Step], everything: bool) -> list[Outcome]:
    """Runs the steps one after another, each to its end, printing what came of it."""
    outcomes = []
    for step in steps:
        if step.shown:
            print(f"---- {step.name}: {step.says}", flush=True)
        try:
            outcome = judge(run(step), everything)
        except CannotCheck as reason:
            outcome = Outcome(step, "failed", output=f"{reason}\n")
        outcomes.append(outcome)
        print(f"{step.name:<13} {outcome.word} ({outcome.seconds:.1f} s)", flush=True)
        if outcome.word == "failed" and outcome.output:
            print(outcome.output, flush=True)
    return outcomes


def in_venv() -> int | None:
    """Outside any venv, does it all again with .venv's Python and answers its exit code; else None."""
    folder = "Scripts" if os.name == "nt" else "bin"
    python = ROOT / ".venv" / folder / ("python.exe" if os.name == "nt" else "python")
    if sys.prefix != sys.base_prefix or not python.exists():
        return None
    return subprocess.run([str(python), *sys.argv], check=False).returncode


def main() -> int:
    """Reads the flags, runs the steps, and answers 0 only if none of them failed."""
    parser = argparse.ArgumentParser(description="Checks Parley, step by step.")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true", help="every step, and nothing may be missing")
    which.add_argument("--fast", action="store_true", help="every step but the browser's")
    which.add_argument(
        "--only",
        action="append",
        choices=[step.name for step in STEPS],
        help="this step; may be given again",
    )
    asked = parser.parse_args()
    again = in_venv()
    if again is not None:
        return again
    steps = [s for s in STEPS if (not asked.only or s.name in asked.only)]
    outcomes = carry_out([s for s in steps if not (asked.fast and s.slow)], asked.all)
    failed = [o.step.name for o in outcomes if o.word == "failed"]
    seconds = sum(o.seconds for o in outcomes)
    if failed:
        print(f"Failed: {', '.join(failed)} (in {seconds:.0f} s)")
        return 1
    print(f"All {len(outcomes)} steps are fine (in {seconds:.0f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
