"""The same noun names the file and its test, so that a stranger can predict where a thing is."""

from pathlib import Path

from tests.house.tree import ROOT, plant, unreasoned

PYTHON = ("chat", "store", "protocol", "calls", "trust", "handlers", "scripts")
PAGE = ("pwa/state", "pwa/protocol")  # node tests these; views and calls are seen in the browser's journeys

# What has no test of its own name, and why that is right
EXCEPTIONS: dict[str, str] = {
    "pwa/protocol/types.js": "generated; tests/scripts/test_protocol_types.py keeps it fresh",
    "pwa/protocol/limits.js": "generated; tests/scripts/test_protocol_types.py keeps it fresh",
}


def nouns(root: Path) -> dict[str, list[str]]:
    """Each file that owns a noun, and the paths that a test of it may have."""
    found = {}
    for folder in PYTHON:
        for path in sorted((root / folder).rglob("*.py")):
            place = Path("tests") / path.relative_to(root).parent
            if path.name != "__init__.py":
                found[path.relative_to(root).as_posix()] = [(place / f"test_{path.name}").as_posix()]
    for folder in PAGE:
        for path in sorted((root / folder).rglob("*.js")):
            place = Path("tests/pwa") / path.relative_to(root / "pwa").parent
            names = [f"{path.stem}.test.js", f"{path.stem}.test.mjs"]
            places = [(where / name).as_posix() for where in (place, Path("tests/pwa")) for name in names]
            found[path.relative_to(root).as_posix()] = places
    return found


def unmirrored(root: Path) -> dict[str, bool]:
    """Each noun that has no test of its name, by its path, and that it is so."""
    return {name: True for name, tests in nouns(root).items() if not any((root / test).exists() for test in tests)}


def test_every_noun_has_its_test() -> None:
    assert [name for name in unmirrored(ROOT) if name not in EXCEPTIONS] == []


def test_every_exception_is_needed_and_says_why() -> None:
    assert unreasoned(EXCEPTIONS, unmirrored(ROOT)) == []


def test_a_noun_without_a_test_is_named(tmp_path: Path) -> None:
    files = {"chat/__init__.py": "", "chat/reactions.py": "", "chat/people.py": "", "tests/chat/test_people.py": ""}
    assert list(unmirrored(plant(tmp_path, files))) == ["chat/reactions.py"]


def test_folders_within_folders_and_the_page_are_mirrored_too(tmp_path: Path) -> None:
    files = {"store/durable/sqlite.py": "", "pwa/state/people.js": ""}
    assert list(unmirrored(plant(tmp_path, files))) == ["store/durable/sqlite.py", "pwa/state/people.js"]
    plant(tmp_path, {"tests/store/durable/test_sqlite.py": "", "tests/pwa/state/people.test.js": ""})
    assert unmirrored(tmp_path) == {}


def test_an_exception_that_nothing_needs_or_explains_is_named() -> None:
    said = unreasoned({"a.py": "no reason", "b.py": "drawn by hand, looked at"}, {"a.py": True})
    assert said == ["b.py: this exception is not needed, remove it", "a.py: say why, in a few words"]
