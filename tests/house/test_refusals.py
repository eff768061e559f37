"""A refusal whose code says too little is said exactly in every language, and no translation outlives its sentence."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from protocol.errors import STATUS
from tests.house.tree import ROOT, plant, python_files

FOLDERS = ("chat", "handlers", "store", "protocol")
LANGUAGES = sorted((ROOT / "pwa" / "languages").glob("??.js"))
VAGUE = {"not-allowed", "not-connected", "too-many"}  # codes that stand for many different things
KEY = re.compile(r'^    (?:"([^"]+)"|([\w-]+)):', re.MULTILINE)

# Sentences that only a program, or the host's own command line, can be told
NOT_MET = {
    "# commands are under way; wait for their answers first.",
    "An export of yours is being made already. Please wait until it is there.",
    "Nobody has to let you in: join the call.",
    "Only a device that is being called can say that it rings.",
    "Only the host's command line may do that.",
    "Only the server itself may do that.",
    "Only the two devices of the call move it.",
    "Only the two devices of the call pass this to each other.",
    "That subscription belongs to another browser.",
    "This device has no echo. Begin one first.",
    "This device has no media in the call. Ask for a new offer.",
    "While it rings only the caller's device offers, to those that take one early.",
}


def text_of(node: ast.expr) -> str:
    """A literal sentence, a # for whatever is filled in; "" for what is no literal."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) if isinstance(part, ast.Constant) else "#" for part in node.values)
    return ""


def literals(root: Path) -> set[str]:
    """Every literal text of the server."""
    trees = [ast.parse(path.read_text("utf-8")) for path in python_files(root, *FOLDERS)]
    return {
        text_of(node) for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant | ast.JoinedStr)
    }


def refusals(root: Path) -> Iterator[tuple[str, str]]:
    """The code and the sentence of each refusal that is made from literals; not those with somebody's name in them."""
    for path in python_files(root, *FOLDERS):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Refusal" and len(node.args) > 1:
                code, said = text_of(node.args[0]), text_of(node.args[1])
                if code and said and ".name}" not in ast.unparse(node.args[1]):
                    yield code, said


def sentences(language: Path) -> set[str]:
    """What a language translates by the server's own words, and not by code."""
    block = re.search(r"^  errors: \{$.*?^  \},$", language.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    keys = {found[1] or found[2] for found in KEY.finditer(block[0])} if block else set()
    return {key for key in keys if key.split()[0] not in STATUS}


def missing(root: Path, known: set[str]) -> list[str]:
    """Sentences that a person may be told and that a language lacks."""
    return sorted({said for code, said in refusals(root) if code in VAGUE} - known - NOT_MET)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda path: str(path.stem))
def test_what_a_code_leaves_open_is_said_exactly(language: Path) -> None:
    assert missing(ROOT, sentences(language)) == [], f"translate them under `errors` of {language.name}, or say NOT_MET"


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda path: str(path.stem))
def test_no_translation_outlives_its_sentence(language: Path) -> None:
    built = {f"Only {who} of this room may do that." for who in ("the owner", "the owner and the moderators")}
    assert sorted(sentences(language) - literals(ROOT) - built) == []


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda path: str(path.stem))
def test_each_number_is_in_its_translation(language: Path) -> None:
    text = language.read_text("utf-8")
    for key in sentences(language):
        said = re.search(re.escape(f'"{key}":') + r'\s*"([^"]*)"', text)
        assert said is not None, key
        assert said[1].count("#") == key.count("#"), key


def test_a_sentence_that_a_language_lacks_is_named(tmp_path: Path) -> None:
    made = ['"not-allowed", "Not on Sundays."', '"too-many", f"{MOST} are here."', '"too-big", "Too big."']
    made.append('"too-many", f"{one.name} has {MOST}."')
    code = "".join(f"raise Refusal({one})\n" for one in made)
    root = plant(tmp_path, {"chat/a.py": code})
    assert missing(root, {"# are here."}) == ["Not on Sundays."]
