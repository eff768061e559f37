"""The registry: which rule decides a command, which fold keeps an event, which query answers.

Each noun's file registers its own with the decorators below; a completeness test finds the command nobody answers and
the event nobody tells. A newcomer's first mistake is to read a clock or a socket in a rule: a rule has only its view.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar, cast

from chat.visibility import audience
from protocol.answers import Answer
from protocol.codec import pack_event
from protocol.commands import Asks, Command, Inner, Writes
from protocol.errors import Refusal
from protocol.events import Event, Hidden, Logged
from store import Store, View, Who
from store.drafts import Draft

C = TypeVar("C", bound=Command)
E = TypeVar("E", bound=Event)

Rule = Callable[[Any, Who, View], Sequence[Logged]]
Fold = Callable[[Any, Draft], None]
After = Callable[[Any, Store], None]
Guard = Callable[[Any, Who, Store], None]
Query = Callable[[Any, Who, Store], Coroutine[Any, Any, Answer]]
Tell = Callable[[Any, Who, Store], Answer]

RULES: dict[type[Command], Rule] = {}
GUARDS: dict[type[Command], Guard] = {}
FOLDS: dict[type[Event], Fold] = {}
AFTERS: dict[type[Event], list[After]] = {}
ONCE: set[After] = set()
QUERIES: dict[type[Command], Query] = {}
TELLS: dict[type[Command], Tell] = {}

SERVER = Who(person="", device="server")
"""Who gives inner commands."""

log = logging.getLogger("parley.chat")


def rule(kind: type[C]) -> Callable[[Callable[[C, Who, View], Sequence[Logged]]], Rule]:
    """This function decides that command."""
    return _into(RULES, kind)


def guard(kind: type[C]) -> Callable[[Callable[[C, Who, Store], None]], Guard]:
    """This function may refuse that command before its rule is asked: for how often, which no rule remembers."""
    return _into(GUARDS, kind)


def fold(kind: type[E]) -> Callable[[Callable[[E, Draft], None]], Fold]:
    """This function keeps of that event what must be decided on."""
    return _into(FOLDS, kind)


def query(kind: type[C]) -> Callable[[Callable[[C, Who, Store], Coroutine[Any, Any, Answer]]], Query]:
    """This function answers that command from what is true."""
    return _into(QUERIES, kind)


def tell(kind: type[C]) -> Callable[[Callable[[C, Who, Store], Answer]], Tell]:
    """This function passes that command on, or takes note of it."""
    return _into(TELLS, kind)


def after(kind: type[E], *, once: bool = False) -> Callable[[Callable[[E, Store], None]], After]:
    """This function is called when that event has become true and was told: at every node, or `once` in the house.

    What asks the writer, keeps a row or speaks to the world outside at once is done once. What a timer does later runs
    at every node, for any of them may be gone by then, and is refused where another was first.
    """

    def register(function: Callable[[E, Store], None]) -> After:
        AFTERS.setdefault(kind, []).append(function)
        if once:
            ONCE.add(function)
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


def tell_event(event: Logged, frame: bytes, store: Store, *, ours: bool = True) -> None:
    """A logged event has become true: to its audience here first, then whatever follows from it.

    `ours` it is where it was decided; to the other nodes it comes by the log.
    """
    row = store.shelves.conversations.get(event.conversation)
    hearing, kept_from = audience(store, row, event.seq, getattr(event, "target", 0)) if row else ((), ())
    store.sockets.tell_here(frame, hearing)
    if kept_from:
        store.sockets.tell_here(pack_event(Hidden(conversation=event.conversation, seq=event.seq)), kept_from)
    for function in AFTERS.get(type(event), ()):
        if not ours and function in ONCE:
            continue
        try:
            function(event, store)
        except Exception:
            log.exception("after %s", event.name)


async def perform(command: Command, who: Who, store: Store) -> Answer:
    """Do what is asked, by whichever kind it is. Raises Refusal."""
    return await begin(command, who, store)


def begin(command: Command, who: Who, store: Store) -> asyncio.Future[Answer]:
    """Like `perform`, but begun at once, so that what one socket asks is done in the order it came.

    A query is a task, which its asker may cancel; a write is not undone by that. Raises Refusal.
    """
    if isinstance(command, Writes):
        if function := GUARDS.get(type(command)):
            function(command, who, store)
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
