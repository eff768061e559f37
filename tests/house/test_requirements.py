"""What Parley needs is said once, exactly, and server.py's own header for `uv run` says the same."""

import json
import re
import tomllib
from pathlib import Path

from tests.house.test_architecture import HOMES
from tests.house.tree import ROOT

SCRIPT = re.compile(r"(?m)^# /// script$\s(?P<content>(^#(| .*)$\s)+)^# ///$")  # PEP 723's own expression
STANDARD = {"sqlite3"}
OTHER_NAMES = {
    "PIL": "Pillow",
    "confusable_homoglyphs": "confusable-homoglyphs",
    "pillow_heif": "pillow-heif",
    "psycopg_binary": "psycopg-binary",
}
ALONG = {"av", "OpenSSL", "pylibsrtp", "py_vapid"}  # come with aiortc and pywebpush, in the versions they ask for


def required(path: Path) -> list[str]:
    """The requirements in a file, without comments and references to other files."""
    lines = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("-")]


def header(text: str) -> dict[str, object]:
    """The inline metadata of a script (PEP 723). Raises ValueError if it has none."""
    found = SCRIPT.search(text)
    if found is None:
        raise ValueError("no '# /// script' block")
    lines = found["content"].splitlines(keepends=True)
    return tomllib.loads("".join(line[2:] if line.startswith("# ") else line[1:] for line in lines))


def test_uv_run_installs_what_requirements_txt_says() -> None:
    said = header((ROOT / "server.py").read_text("utf-8"))
    assert said["dependencies"] == required(ROOT / "requirements.txt")
    assert said["requires-python"] == ">=3.11"


def test_every_requirement_is_pinned_to_one_version() -> None:
    pinned = re.compile(r"[\w-]+==[\d.]+(; platform_machine in '[\w ]+')?")  # where there are wheels of it
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert [line for line in required(ROOT / name) if not pinned.fullmatch(line)] == []


def test_every_library_with_a_home_is_required() -> None:
    names = {line.partition("==")[0] for line in required(ROOT / "requirements.txt")}
    expected = {OTHER_NAMES.get(name, name) for name in HOMES.keys() - STANDARD - ALONG}
    assert names == expected


def test_development_tools_are_pinned_too() -> None:
    asked = json.loads((ROOT / "package.json").read_text("utf-8"))
    assert "dependencies" not in asked, "nothing of npm is needed to run Parley"
    assert [v for v in asked["devDependencies"].values() if not re.fullmatch(r"[\d.]+", v)] == []


def test_a_header_is_read_as_uv_reads_it() -> None:
    text = '#!/usr/bin/env python3\n# /// script\n# requires-python = ">=3.11"\n# dependencies = ["a==1"]\n# ///\n'
    assert header(text) == {"requires-python": ">=3.11", "dependencies": ["a==1"]}


def test_comments_and_references_are_no_requirements(tmp_path: Path) -> None:
    path = tmp_path / "requirements.txt"
    path.write_text("# why\n-r other.txt\n\na==1  # because\nb>=2\n")
    assert required(path) == ["a==1", "b>=2"]
