"""The registry is complete: nothing can be asked that nobody answers, and nothing happens that nobody keeps in mind."""

from typing import Any

import pytest

import chat
from chat.dispatch import (
    AFTERS,
    FOLDS,
    GUARDS,
    QUERIES,
    RULES,
    SERVER,
    TELLS,
    Registry,
    fold,
    rule,
)
from protocol.commands import COMMANDS, Asks, Inner, SendMessage, Tells, Writes
from protocol.errors import Refusal
from protocol.events import EVENTS, Logged, MessageSent
from scripts.protocol_examples import example
from store import View
from store.drafts import Shelves
from tests.neighbours import House, lived

NOT_FOLDED: set[str] = set()
"""Logged events of which no rule needs anything. Empty today: a new one must be folded or named here."""


def of_kind(base: type) -> set[Any]:
    return {kind for kind in COMMANDS.values() if issubclass(kind, base)}


def test_every_command_that_writes_has_a_rule_and_nothing_else_has() -> None:
    assert set(RULES) == of_kind(Writes)


def test_every_question_has_a_query_and_nothing_else_has() -> None:
    assert set(QUERIES) == of_kind(Asks)


def test_everything_passing_has_a_tell_and_nothing_else_has() -> None:
    assert set(TELLS) == of_kind(Tells)


def test_every_logged_event_is_folded_or_named_as_not() -> None:
    logged = {name for name, kind in EVENTS.items() if issubclass(kind, Logged)}
    assert {kind.name for kind in FOLDS} == logged - NOT_FOLDED


def test_what_is_guarded_is_written() -> None:
    assert set(GUARDS) < of_kind(Writes)


def test_what_follows_follows_a_logged_event() -> None:
    assert all(issubclass(kind, Logged) for kind in AFTERS)


def test_every_noun_is_imported() -> None:
    import pkgutil

    silent = {
        "answers",
        "marks",
        "media",
        "connection",
        "dispatch",
        "export",
        "ids",
        "limits",
        "mentions",
        "names",
        "pairing",
        "ranges",
        "tallies",
        "targets",
        "visibility",
    }
    files = {found.name for found in pkgutil.iter_modules(chat.__path__)}
    assert {noun.__name__.removeprefix("chat.") for noun in chat.NOUNS} == files - silent


@pytest.mark.parametrize("register", [rule(SendMessage), fold(MessageSent)])
def test_two_cannot_answer_for_the_same(register: Any) -> None:
    with pytest.raises(RuntimeError, match="expected one function"):
        register(print)


@pytest.mark.parametrize("kind", sorted(of_kind(Inner), key=lambda kind: kind.name))
@lived
async def test_what_only_the_server_may_ask_is_refused_to_the_host_too(kind: Any, house: House) -> None:
    host = await house.joins("Anna")
    assert house.store.view().person(host.person).host  # type: ignore[union-attr]
    with pytest.raises(Refusal) as caught:
        Registry().decide(example(kind), host.who, View(Shelves(), 0))
    assert caught.value.code == "not-allowed"


@lived
async def test_an_event_is_heard_by_the_members_and_a_pulled_one_by_nobody(house: House) -> None:
    anna, ben, cleo = [await house.joins(name) for name in ("Anna", "Ben", "Cleo")]
    await anna.says("Hello", ben)
    assert (anna.texts(), ben.texts(), cleo.texts()) == (["Hello"], ["Hello"], [])
    assert all(not one.conversation.startswith("d") for one in cleo.of(Logged))


@lived
async def test_what_breaks_after_an_event_stops_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")

    def breaks(event: MessageSent, store: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(AFTERS, MessageSent, [breaks, *AFTERS[MessageSent]])
    await anna.says("Hello", ben)
    assert ben.texts() == ["Hello"]
    assert "after message.sent" in caplog.text
    assert house.store.shelves.marks.get(f"{ben.of(MessageSent)[0].conversation}|{anna.person}") is not None


@lived
async def test_the_server_itself_needs_no_device(house: House) -> None:
    assert SERVER.device
    anna = await house.joins("Anna")
    assert house.store.view().device(anna.device) is not None
    assert house.store.view().device(SERVER.device) is None
