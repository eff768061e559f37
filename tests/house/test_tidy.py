"""What is kept in the project says nothing of the machine it was made on, and no file outgrows its noun."""

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, plant, tracked, unreasoned

# In pieces, so that this file does not break its own rule
MACHINE = re.compile(
    r"(?<![\w.$}])/(?:work/|home/\w|Users/\w|tmp/|root/)"
    r"|registry\." + r"npmjs\.org|files\." + r"pythonhosted\.org|deb\." + r"debian\.org|proxy\." + r"golang\.org",
)
BORROWED = ("pwa/vendor/", "package-lock.json", "LICENSE")
EXPLAINING = {"certs/README.md", "certs/.gitignore"}
LONGEST = 400  # lines; a room longer than that may want a wall
CATALOGUES = ("pwa/strings.js", "pwa/languages/de.js", "pwa/languages/es.js")  # as long as the app has words

# Files that are longer, and why a wall would not help
LONG: dict[str, str] = {
    "pwa/protocol/types.js": "generated from the protocol's classes, one type after another",
}


def text_of(path: Path) -> str:
    """What a file says; nothing, if it is not text."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def traces(paths: list[Path], root: Path) -> list[str]:
    """Lines that name a folder of some machine, or the host of a package registry."""
    found = []
    for path in paths:
        name = path.relative_to(root).as_posix()
        if name.startswith(BORROWED) and name != "package-lock.json":
            continue
        for number, line in enumerate(text_of(path).splitlines(), 1):
            if hit := MACHINE.search(line):
                found.append(f"{name}:{number}: {hit[0]}")
    return found


def long_files(paths: list[Path], root: Path) -> dict[str, bool]:
    """Our files of more than LONGEST lines, by path."""
    ours = [p for p in paths if p.suffix in {".py", ".js", ".mjs", ".css", ".html"}]
    names = {p.relative_to(root).as_posix(): p for p in ours}
    mine = {name: p for name, p in names.items() if not name.startswith((*BORROWED, *CATALOGUES))}
    return {name: True for name, p in mine.items() if len(p.read_text("utf-8").splitlines()) > LONGEST}


def test_nothing_tells_of_the_machine_it_was_made_on() -> None:
    assert traces(tracked(), ROOT) == []


def test_no_file_outgrows_its_noun() -> None:
    assert [name for name in long_files(tracked(), ROOT) if name not in LONG] == []


def test_every_long_file_is_still_long_and_says_why() -> None:
    assert unreasoned(LONG, long_files(tracked(), ROOT)) == []


def test_no_key_and_no_data_is_kept() -> None:
    kept = [p.relative_to(ROOT).as_posix() for p in tracked()]
    assert [name for name in kept if name.startswith(("data/", "certs/")) and name not in EXPLAINING] == []
    assert [name for name in kept if name.endswith((".key", ".pem"))] == []


@pytest.mark.parametrize(
    "line",
    ["open('/tmp" + "/x')", "see /work" + "/main", "/home" + "/ada/parley", "https://registry." + "npmjs.org/htm"],
)
def test_a_trace_of_a_machine_is_named(tmp_path: Path, line: str) -> None:
    root = plant(tmp_path, {"a.py": f"# fine\n{line}\n"})
    assert [text.rsplit(": ", 1)[0] for text in traces([root / "a.py"], root)] == ["a.py:2"]


def test_a_path_of_ours_is_no_trace(tmp_path: Path) -> None:
    root = plant(tmp_path, {"a.py": "'/api/frames', 'docs/work/x', '${folder}/tmp/x', 'root/'\n"})
    assert traces([root / "a.py"], root) == []


def test_a_long_file_is_named(tmp_path: Path) -> None:
    root = plant(tmp_path, {"a.py": "x = 1\n" * (LONGEST + 1), "b.py": "x = 1\n" * LONGEST})
    assert list(long_files([root / "a.py", root / "b.py"], root)) == ["a.py"]
