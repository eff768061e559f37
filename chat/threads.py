"""Threads: what is said under one message, beside the conversation. Who hears of it stands in chat/following.py.

A thread's answers have its first message as their target, so no page of the conversation holds them and none of them is
unread there. What is new to somebody is counted from their own mark in the thread.
"""

from dataclasses import dataclass
from functools import partial

from chat.dispatch import after, query
from chat.following import following
from chat.marks import follows, pass_over, raise_thread_mark, thread_mark
from chat.mentions import names
from chat.pages import about, first_since, newest_fitting, oldest_fitting, page_of
from chat.ranges import seen_after, seen_before
from chat.targets import NO_MESSAGE
from chat.visibility import covers, present, require_member, visible, within
from protocol.answers import Events, Reach
from protocol.codec import pack_event, read_event
from protocol.commands import PageThread
from protocol.errors import Refusal
from protocol.events import MessageSent, ThreadMoved
from protocol.records import replaced
from store import Store, Who
from store.durable import LogRow
from store.rows import Conversation


@query(PageThread)
async def page_thread(command: PageThread, who: Who, store: Store) -> Events:
    """A page of the thread under a message this person may see."""
    view = store.view()
    row = require_member(view, who, command.conversation)
    reach = visible(view, who.person, row.id)
    found = await store.timeline.row(row.id, command.target) if covers(reach, command.target) else None
    root = read_event(found.frame) if found else None
    if found is None or not isinstance(root, MessageSent) or root.target:
        raise Refusal("not-found", NO_MESSAGE, field="target")
    stretch = await _stretch(command, row, reach, store)
    page = await page_of(store, who, row, reach, stretch.entries, older=stretch.older, newer=stretch.newer)
    return replaced(page, about=[*page.about, *await about(store, who, [found])])


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Answers in a row, and whether there are more of them on either side."""

    entries: list[LogRow]
    older: bool
    newer: bool


async def _stretch(command: PageThread, row: Conversation, reach: list[Reach], store: Store) -> _Stretch:
    if command.after is not None:
        return await _behind(command, row, reach, store)
    around = command.around or (await first_since(store, row, command.at) if command.at else 0)
    if not around:
        return await _before(command, row, reach, store)
    half = max(1, command.limit // 2)
    below = replaced(command, before=min(around, row.head + 1), limit=half)
    above = replaced(command, after=max(around, 1) - 1, limit=command.limit - half or 1)
    older, newer = await _before(below, row, reach, store), await _behind(above, row, reach, store)
    return _Stretch([*older.entries, *newer.entries], older.older, newer.newer)


async def _before(command: PageThread, row: Conversation, reach: list[Reach], store: Store) -> _Stretch:
    before = min(command.before or row.head + 1, row.head + 1)
    read = partial(store.durable.answers_before, (row.id, command.target))
    answers = await seen_before(reach, before, command.limit + 1, read)
    entries = newest_fitting(answers[-command.limit :])
    return _Stretch(entries, older=len(answers) > len(entries), newer=before <= row.head)


async def _behind(command: PageThread, row: Conversation, reach: list[Reach], store: Store) -> _Stretch:
    after = command.after or 0
    read = partial(store.durable.answers_after, (row.id, command.target))
    answers = await seen_after(reach, after, command.limit + 1, read)
    entries = oldest_fitting(answers[: command.limit])
    return _Stretch(entries, older=after > 0, newer=len(answers) > len(entries))


@after(MessageSent, once=True)
def those_who_follow_hear(event: MessageSent, store: Store) -> None:
    """Told to everybody who follows it or is named, and did not say it; whose own mark moves along."""
    if not event.target:
        return
    raise_thread_mark(store, event.author, event.conversation, event.target, read=event.seq)
    _passed_over_by_who_blocked(event, store)
    moved = ThreadMoved(conversation=event.conversation, thread=event.target, last=event.seq)
    told: dict[tuple[bool, bool], list[str]] = {}
    for person in called_by(event, store):
        if store.sockets.is_online(person):
            named = names(event, person) and not store.view().blocks(person, event.author)
            kind = (follows(store, person, event.conversation, event.target), named)
            told.setdefault(kind, []).append(person)
    for (follow, named), people in told.items():
        store.sockets.tell(pack_event(replaced(moved, follows=follow, named=named)), people)


def _passed_over_by_who_blocked(event: MessageSent, store: Store) -> None:
    """Whom one has blocked makes no thread new to one. One that is new already stays so, and moves along."""
    place = event.conversation, event.target
    before = store.shelves.recalled.before[event.conversation, event.seq]  # the shelf is as of the batch's last answer
    for block in store.shelves.blocks.where("other", event.author):
        if follows(store, block.person, *place) and thread_mark(store, block.person, *place) >= before:
            pass_over(store, block.person, *place, through=event.seq)


def called_by(event: MessageSent, store: Store) -> list[str]:
    """Whom an answer calls: who follows its thread or is named, and may see it, but for its author.

    Nobody is called by whom they have blocked, unless the thread is new to them already: then they hear how far it is.
    """
    row, view = store.shelves.conversations.get(event.conversation), store.view()
    everybody = present(store, row) if row and event.everyone else []
    people = dict.fromkeys([*following(store, event.conversation, event.target), *event.mentions, *everybody])
    people.pop(event.author, None)
    there = [person for person in people if within(view, person, event.conversation, event.target)]
    return [person for person in there if not view.blocks(person, event.author) or _is_new(store, event, person)]


def _is_new(store: Store, event: MessageSent, person: str) -> bool:
    """Whether this person follows the thread and has not read it up to this answer."""
    place = event.conversation, event.target
    return follows(store, person, *place) and thread_mark(store, person, *place) < event.seq
