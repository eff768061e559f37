"""Pages: a stretch of a conversation's entries with what stands of each, and single messages by their seq.

An entry is an event that is about no earlier one; ten thousand reactions are no page of their own. What stands of a
message is read from disk, which may be a commit ahead of what was told, so each `About` says how far it reaches.
"""

from collections.abc import Iterable, Sequence
from functools import partial

from chat.conversations import cards
from chat.dispatch import query
from chat.marks import thread_card
from chat.ranges import seen_after, seen_before
from chat.targets import NO_MESSAGE
from chat.visibility import covers, require_member, require_reader, sees, visible
from protocol.answers import About, Events, Messages, Reach, Stance, Stances
from protocol.codec import pack_event, read_event
from protocol.commands import GetMessages, ListStances, PageConversation
from protocol.errors import Refusal
from protocol.events import CallEnded, CallPickedUp, CallRang, Hidden, Logged, MessageSent
from protocol.records import from_json
from protocol.shapes import ThreadCard
from store import Store, Who
from store import rows as kept
from store.cold import place_key, stance_key
from store.durable import LogRow
from store.rows import Conversation

TOLD_WHOLE = (CallPickedUp.name, CallEnded.name)  # what came of a call is shown as it was told
MAX_ANSWER = 192 * 1024  # bytes of frames in one answer; a frame of ours has at most 256 KiB
MAX_STANCES = 100  # people in one answer


@query(PageConversation)
async def page_conversation(command: PageConversation, who: Who, store: Store) -> Events:
    """A page before, after or around a place, or around a time."""
    row = require_reader(store.view(), who, command.conversation)
    if command.after is not None:
        return await page_after(store, who, row, command.after, command.limit)
    around = command.around or (await first_since(store, row, command.at) if command.at else 0)
    if around:
        return await page_around(store, who, row, around, command.limit)
    return await page_before(store, who, row, min(command.before or row.head + 1, row.head + 1), command.limit)


async def page_before(store: Store, who: Who, row: Conversation, before: int, limit: int) -> Events:
    """The newest `limit` entries below `before` that this person may see."""
    reach = visible(store.view(), who.person, row.id)
    entries = newest_fitting(await seen_before(reach, before, limit, partial(store.timeline.entries_before, row.id)))
    older = bool(entries) and entries[0].seq > reach[0].first and entries[0].seq > 1
    return await page_of(store, who, row, reach, entries, older=older, newer=before <= row.head)


async def page_after(store: Store, who: Who, row: Conversation, after: int, limit: int) -> Events:
    """The oldest `limit` entries above `after` that this person may see, none above the head of this moment."""
    reach = visible(store.view(), who.person, row.id)
    seen = await seen_after(reach, after, limit, partial(store.timeline.entries_after, row.id))
    found = [one for one in seen if one.seq <= row.head]
    entries = oldest_fitting(found)
    newer = len(found) == limit or len(entries) < len(found)
    return await page_of(store, who, row, reach, entries, older=after > 0, newer=newer)


async def page_around(store: Store, who: Who, row: Conversation, around: int, limit: int) -> Events:
    """Half a page before a place, and the place with what follows it."""
    half = max(1, limit // 2)
    before = await page_before(store, who, row, min(around, row.head + 1), half)
    after = await page_after(store, who, row, max(around, 1) - 1, limit - half or 1)
    return Events(
        conversation=row.id,
        head=row.head,
        first=before.first or after.first,
        last=after.last or before.last,
        frames=[*before.frames, *after.frames],
        reach=before.reach,
        more=before.more,
        newer=after.newer,
        about=[*before.about, *after.about],
    )


@query(GetMessages)
async def get_messages(command: GetMessages, who: Who, store: Store) -> Messages:
    """What is quoted, pinned or found; what is not there or not theirs to see is left out."""
    row = require_member(store.view(), who, command.conversation)
    reach = visible(store.view(), who.person, row.id)
    found = await store.timeline.rows(row.id, sorted({seq for seq in command.seqs if covers(reach, seq)}))
    messages = sorted((one for one in found.values() if one.name == MessageSent.name), key=lambda one: one.seq)
    said = newest_fitting([one for one in messages if sees(reach, one.seq, one.target)])
    return Messages(frames=[one.frame for one in said], about=await about(store, who, said))


@query(ListStances)
async def list_stances(command: ListStances, who: Who, store: Store) -> Stances:
    """Who reacted and who chose what."""
    view = store.view()
    row = require_member(view, who, command.conversation)
    reach = visible(view, who.person, row.id)
    said = await store.timeline.row(row.id, command.target) if covers(reach, command.target) else None
    if said is None or not sees(reach, said.seq, said.target):
        raise Refusal("not-found", NO_MESSAGE, field="target")
    place = place_key(row.id, command.target)
    found = await store.durable.kept_under("stances", f"{place}|", f"{place}|{command.after}", MAX_STANCES)
    held = [from_json(raw, kept.Stance) for _, raw in found]
    stances = [Stance(person=one.person, emoji=one.emoji, choices=one.choices) for one in held]
    return Stances(
        stances=[one for one in stances if one.emoji or one.choices],
        people=cards(store, [one.person for one in stances]),
        after=held[-1].person if len(held) == MAX_STANCES else "",
    )


async def about(store: Store, who: Who, entries: Sequence[LogRow]) -> list[About]:
    """What stands of these messages of one conversation, of those of which more is to be said."""
    said = [row for row in entries if row.name == MessageSent.name]
    keys = [place_key(row.conversation, row.seq) for row in said]
    raw = await store.durable.kept("standing", keys) if keys else {}
    standing = {one.seq: one for one in (from_json(value, kept.Standing) for value in raw.values())}
    held = [
        stance_key(one.conversation, one.seq, who.person) for one in standing.values() if one.reactions or one.votes
    ]
    raw = await store.durable.kept("stances", held) if held else {}
    stances = {one.seq: one for one in (from_json(value, kept.Stance) for value in raw.values())}
    last = [one.edits[-1] for one in standing.values() if one.edits]
    edits = await store.timeline.rows(said[0].conversation, last) if last else {}
    cards = {row.seq: thread_card(store, who.person, row.conversation, row.seq) for row in said}
    nothing = {row.seq: kept.Standing(conversation=row.conversation, seq=row.seq) for row in said if cards[row.seq]}
    shown = sorted((nothing | standing).values(), key=lambda one: one.seq)
    return [_about(one, stances.get(one.seq), edits, cards[one.seq]) for one in shown]


def hide(rows: Iterable[LogRow], reach: list[Reach]) -> list[bytes]:
    """Frames of what lies in the reach; one about something outside it says only that it was there."""
    return [
        row.frame if sees(reach, row.seq, row.target) else hidden(row.conversation, row.seq)
        for row in rows
        if covers(reach, row.seq)
    ]


def hidden(conversation: str, seq: int) -> bytes:
    """In place of an event about something that is not theirs to see."""
    return pack_event(Hidden(conversation=conversation, seq=seq))


def newest_fitting(rows: list[LogRow]) -> list[LogRow]:
    """As many of the newest rows as one frame holds, but always one."""
    return oldest_fitting(rows[::-1])[::-1]


def oldest_fitting(rows: list[LogRow]) -> list[LogRow]:
    """As many of the oldest rows as one frame holds, but always one."""
    size = 0
    for place, row in enumerate(rows):
        size += len(row.frame)
        if size > MAX_ANSWER and place:
            return rows[:place]
    return rows


async def page_of(
    store: Store, who: Who, row: Conversation, reach: list[Reach], entries: list[LogRow], *, older: bool, newer: bool
) -> Events:
    calls = [one.seq for one in entries if one.name == CallRang.name]
    came = await store.timeline.aimed_at(row.id, calls, TOLD_WHOLE) if calls else []
    frames = sorted([*entries, *(one for one in came if one.seq <= row.head)], key=lambda one: one.seq)
    first, last = (entries[0].seq, entries[-1].seq) if entries else (0, 0)
    return Events(
        conversation=row.id,
        head=row.head,
        first=first,
        last=last,
        frames=hide(frames, reach),
        reach=reach,
        more=older,
        newer=newer,
        about=await about(store, who, entries),
    )


async def first_since(store: Store, row: Conversation, at: int) -> int:
    """The first event of that time or later, found by halving; the head where there is none.

    Clocks that were set back make it a near miss, which a page shows all the same.
    """
    low, high = 1, max(row.head, 1)
    while low < high:
        middle = (low + high) // 2
        found = await store.timeline.row(row.id, middle)
        event = read_event(found.frame) if found else None
        if isinstance(event, Logged) and event.at < at:
            low = middle + 1
        else:
            high = middle
    return low


def _about(
    one: kept.Standing, stance: kept.Stance | None, edits: dict[int, LogRow], thread: ThreadCard | None
) -> About:
    edit = edits.get(one.edits[-1]) if one.edits else None
    return About(
        seq=one.seq,
        upto=one.upto,
        edit=edit.frame if edit else None,
        reactions=one.reactions,
        mine=stance.emoji if stance else [],
        votes=one.votes,
        chosen=stance.choices if stance else [],
        closed=one.closed,
        thread=thread,
    )
