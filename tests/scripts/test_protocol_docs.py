"""The protocol page names everything there is; tests/house/test_docs.py sees that it is fresh."""

import pytest

from protocol.answers import ANSWERS
from protocol.commands import COMMANDS
from protocol.errors import STATUS
from protocol.events import EVENTS
from scripts.protocol_docs import page


@pytest.fixture(scope="module")
def printed() -> str:
    return page()


def test_every_command_and_event_has_its_entry(printed: str) -> None:
    assert [name for name in [*COMMANDS, *EVENTS] if f"### `{name}`\n" not in printed] == []


def test_every_answer_and_refusal_has_its_entry(printed: str) -> None:
    assert [kind for kind in ANSWERS if f"### {kind.__name__}\n" not in printed] == []
    assert [code for code in STATUS if f"| `{code}` |" not in printed] == []


def test_every_link_within_the_page_leads_to_a_heading(printed: str) -> None:
    headings = {
        line.lstrip("# ").replace("`", "").replace(".", "").lower()
        for line in printed.splitlines()
        if line.startswith("#")
    }
    links = {part.split(")")[0] for part in printed.split("](#")[1:]}
    assert sorted(links - headings) == []
