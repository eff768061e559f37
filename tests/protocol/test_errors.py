"""Refusals: one code for programs, one sentence for people, one HTTP status."""

import ast
from http import HTTPStatus
from pathlib import Path

import pytest

from protocol.errors import STATUS, Refusal
from tests.house.tree import ROOT, python_files

TUS_CHECKSUM_MISMATCH = 460  # tus's own, in no list of HTTP's
OURS = ("protocol", "store", "chat", "handlers", "server.py")


@pytest.mark.parametrize("code", STATUS)
def test_a_code_is_kebab_case_and_an_error_over_http(code: str) -> None:
    assert code == code.lower().strip("-")
    assert code.replace("-", "").isalpha()
    status = Refusal(code, "No.").status
    assert status == TUS_CHECKSUM_MISMATCH or HTTPStatus(status) >= 400


def test_a_code_nobody_knows_cannot_be_raised() -> None:
    with pytest.raises(ValueError, match="expected a code"):
        Refusal("no-such-code", "No.")


def test_a_refusal_says_its_field_only_when_there_is_one() -> None:
    assert Refusal("not-found", "No.").body() == {"code": "not-found", "message": "No."}
    assert Refusal("not-found", "No.", field="person").body()["field"] == "person"


def texts(path: Path) -> set[str]:
    """Every text constant of a file."""
    return {
        node.value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_code_is_raised_somewhere() -> None:
    files = [path for path in python_files(ROOT, *OURS) if path.name != "errors.py"]
    said = set[str]().union(*map(texts, files))
    assert sorted(STATUS.keys() - said) == []
