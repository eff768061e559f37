"""The same noun names the file and its test, so that a stranger can predict where a thing is."""

from pathlib import Path

from tests.house.tree import ROOT, plant, unreasoned

# Folder of files, their ending, folder of tests, and how a test of `noun` is called there
MIRRORED = [
    *((folder, ".py", f"tests/{folder}", "test_{}.py") for folder in ("chat", "store", "protocol", "calls", "trust")),
    ("handlers", ".py", "tests/handlers", "test_{}.py"),
    ("scripts", ".py", "tests/scripts", "test_{}.py"),
    ("pwa/state", ".js", "tests/pwa/state", "{}.test.js"),
    ("pwa/protocol", ".js", "tests/pwa/protocol", "{}.test.js"),
]

# What has no test of its own name, and why that is right
EXCEPTIONS: dict[str, str] = {}


def mirror(path: Path, root: Path, source: str, tests: str, pattern: str) -> Path:
    """Where the test of this file belongs."""
    below = path.relative_to(root / source)
    return root / tests / below.parent / pattern.format(below.stem)


def unmirrored(root: Path) -> dict[str, bool]:
    """Each file that has no test of its name, by its path, and that it is so."""
    missing = {}
    for source, ending, tests, pattern in MIRRORED:
        for path in sorted((root / source).rglob(f"*{ending}")):
            if path.name != "__init__.py" and not mirror(path, root, source, tests, pattern).exists():
                missing[path.relative_to(root).as_posix()] = True
    return missing


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
