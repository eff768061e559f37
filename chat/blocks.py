"""Blocks: whom a person would rather not hear, kept in their own conversation and shown to nobody else.

The one predicate is `stands_between`, whichever of the two blocked the other: no message and no ring passes in their
direct conversation, which stays readable. A newcomer's first mistake is to say why: the blocked hear only that this
person cannot be reached.
"""

from collections.abc import Iterable, Sequence

from chat.dispatch import fold, rule
from chat.visibility import own
from protocol.commands import BlockPerson, UnblockPerson
from protocol.errors import Refusal
from protocol.events import BlockChanged, Logged
from store import Store, View, Who
from store.drafts import Draft
from store.rows import Block

MAX_BLOCKS = 1000  # of one person

CANNOT_REACH = "This person cannot be reached here."
YOU_BLOCKED = "You blocked this person. Unblock them first."


@rule(BlockPerson)
def block_person(command: BlockPerson, who: Who, view: View) -> Sequence[Logged]:
    """Anybody of the house but oneself."""
    if command.person == who.person:
        raise Refusal("bad-field", "You cannot block yourself.", field="person")
    if view.person(command.person) is None:
        raise Refusal("not-found", "There is no such person here.", field="person")
    if len(view.blocked_by(who.person)) >= MAX_BLOCKS:
        raise Refusal("too-many", f"You have blocked {MAX_BLOCKS} people. Unblock somebody first.", field="person")
    return [_changed(who, command.person, blocked=True)]


@rule(UnblockPerson)
def unblock_person(command: UnblockPerson, who: Who, view: View) -> Sequence[Logged]:
    """Whom one blocked before."""
    if not view.blocks(who.person, command.person):
        raise Refusal("not-found", "You have not blocked this person.", field="person")
    return [_changed(who, command.person, blocked=False)]


@fold(BlockChanged)
def keep_block(event: BlockChanged, draft: Draft) -> None:
    """A row while it stands."""
    row = Block(person=event.author, other=event.person, seq=event.seq)
    if event.blocked:
        draft.blocks.put(row)
    else:
        draft.blocks.drop(row.key)


def stands_between(view: View, one: str, other: str) -> bool:
    """Whether either of them blocked the other."""
    return view.blocks(one, other) or view.blocks(other, one)


def require_unblocked(view: View, who: Who, others: Iterable[str]) -> None:
    """Nobody of a direct conversation blocked the other. Raises Refusal `not-allowed`, without saying why."""
    for other in others:
        if view.blocks(who.person, other):
            raise Refusal("not-allowed", YOU_BLOCKED, field="conversation")
        if view.blocks(other, who.person):
            raise Refusal("not-allowed", CANNOT_REACH, field="conversation")


def blocked_people(store: Store, person: str) -> list[str]:
    """Whom this person blocked, in order of id."""
    return sorted(row.other for row in store.view().blocked_by(person))


def _changed(who: Who, person: str, *, blocked: bool) -> BlockChanged:
    return BlockChanged(conversation=own(who.person), person=person, blocked=blocked)
