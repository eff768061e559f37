"""The registry: which rule decides a command, which fold keeps an event, which query answers.

Each noun's file registers its own with the decorators below; a completeness test finds the command nobody answers and
the event nobody tells. A newcomer's first mistake is to read a clock or a socket in a rule: a rule has only its view.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar, cast

from protocol.answers import Answer
from protocol.commands import Asks, Command, Inner, Writes
from protocol.errors import Refusal
from protocol.events import Event, Logged
from store import Store, View, Who
from store.drafts import Draft

C = TypeVar("C", bound=Command)
E = TypeVar("E", bound=Event)

Rule = Callable[[Any, Who, View], Sequence[Logged]]
Fold = Callable[[Any, Draft], None]
After = Callable[[Any, Store], None]
Query = Callable[[Any, Who, Store], Coroutine[Any, Any, Answer]]
Tell = Callable[[Any, Who, Store], Answer]

RULES: dict[type[Command], Rule] = {}
FOLDS: dict[type[Event], Fold] = {}
AFTERS: dict[type[Event], list[After]] = {}
QUERIES: dict[type[Command], Query] = {}
TELLS: dict[type[Command], Tell] = {}

SERVER = Who(person="", device="server")
"""Who gives inner commands."""

log = logging.getLogger("parley.chat")


def rule(kind: type[C]) -> Callable[[Callable[[C, Who, View], Sequence[Logged]]], Rule]:
    """This function decides that command."""
    return _into(RULES, kind)


def fold(kind: type[E]) -> Callable[[Callable[[E, Draft], None]], Fold]:
    """This function keeps of that event what must be decided on."""
    return _into(FOLDS, kind)


def query(kind: type[C]) -> Callable[[Callable[[C, Who, Store], Coroutine[Any, Any, Answer]]], Query]:
    """This function answers that command from what is true."""
    return _into(QUERIES, kind)


def tell(kind: type[C]) -> Callable[[Callable[[C, Who, Store], Answer]], Tell]:
    """This function passes that command on, or takes note of it."""
    return _into(TELLS, kind)


def after(kind: type[E]) -> Callable[[Callable[[E, Store], None]], After]:
    """This function is called when that event has become true and was told."""

    def register(function: Callable[[E, Store], None]) -> After:
        AFTERS.setdefault(kind, []).append(function)
        return function

    return register


class Registry:
    """What the writer is given: the rules and folds, behind two verbs."""

    def decide(self, command: Writes, who: Who, view: View) -> Sequence[Logged]:
        """The events that follow, without numbers. Raises Refusal; a device signed out meanwhile has no say."""
        if isinstance(command, Inner) and who != SERVER:
            raise Refusal("not-allowed", "Only the server itself may do that.")
        require_signed_in(view, who)
        return RULES[type(command)](command, who, view)

    def fold(self, event: Logged, draft: Draft) -> None:
        """Keep of an event what must be decided on later."""
        if function := FOLDS.get(type(event)):
            function(event, draft)


def tell_event(event: Logged, frame: bytes, store: Store) -> None:
    """A logged event has become true: to its audience first, then whatever follows from it."""
    store.sockets.tell(frame, audience(event, store))
    for function in AFTERS.get(type(event), ()):
        try:
            function(event, store)
        except Exception:
            log.exception("after %s", event.name)


def audience(event: Logged, store: Store) -> Sequence[str]:
    """Who hears a logged event live: its conversation's members at its seq. The directory and the house are pulled."""
    row = store.shelves.conversations.get(event.conversation)
    return row.audience(event.seq) if row else ()


async def perform(command: Command, who: Who, store: Store) -> Answer:
    """Do what is asked, by whichever kind it is. Raises Refusal."""
    return await begin(command, who, store)


def begin(command: Command, who: Who, store: Store) -> asyncio.Future[Answer]:
    """Like `perform`, but begun at once, so that what one socket asks is done in the order it came.

    A query is a task, which its asker may cancel; a write is not undone by that. Raises Refusal.
    """
    if isinstance(command, Writes):
        return cast("asyncio.Future[Answer]", store.write(command, who))
    require_signed_in(store.view(), who)
    if isinstance(command, Asks):
        return asyncio.ensure_future(QUERIES[type(command)](command, who, store))
    told: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
    told.set_result(TELLS[type(command)](command, who, store))
    return told


def require_signed_in(view: View, who: Who) -> None:
    """A device that was signed out has no say, whatever still comes from it. Raises Refusal `signed-out`."""
    if who != SERVER and view.device(who.device) is None:
        raise Refusal("signed-out", "This device has been signed out.")


def _into(table: dict[Any, Any], kind: type[Any]) -> Callable[[Any], Any]:
    def register(function: Any) -> Any:
        if kind in table:
            raise RuntimeError(f"expected one function for {kind.name}, got {table[kind]} and {function}")
        table[kind] = function
        return function

    return register
