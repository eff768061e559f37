"""Pushing: who is told of what while they are away, and in which words.

Only devices that hold no connection, only members, never the author, and only as far as their preferences say; of a
thread, only who follows it or is named. What is pushed is a small note in JSON that only the device can read; pwa/sw.js
shows it in the device's own language. A newcomer's first mistake is to trust the moment: whether it is still to be sent
is asked again just before it leaves.
"""

import asyncio
import base64
import hashlib
import json
from collections.abc import Callable
from functools import partial
from typing import Any

from chat.declining import has_declined
from chat.dispatch import after
from chat.group_calls import has_rung
from chat.marks import arrival, follows, thread_mark
from chat.mentions import names
from chat.preferences import calls_attention
from chat.ringing import RING_SECONDS
from chat.threads import called_by
from chat.visibility import is_present, own, present, size, theirs, within
from protocol.codec import read_event
from protocol.events import CallEnded, CallPickedUp, CallRang, MessageDeleted, MessageSent
from protocol.group_calls import CallClosed, CallJoined, CallOpened, PeopleSummoned
from store import Store
from store.drafts import mark_key, thread_place
from store.push import Parcel
from store.rows import Conversation, Subscription

KEPT_SECONDS = 7 * 24 * 3600  # a push service keeps a message so long for a phone that is off
OVER_SECONDS = 60  # and the end of a ring
ELSEWHERE_SECONDS = 2.0  # who is here on another device may read it there meanwhile
RETURN_SECONDS = 3.0  # a page that is only loaded again is back by then
AT_ONCE = 50  # people whose wishes are looked at in one go: about a millisecond
SWALLOWED_SECONDS = 120  # a line that nobody listens to is noticed within 45 s
MAX_TITLE, MAX_BODY = 120, 1200  # bytes of UTF-8; all in all well under the 3 KB that every push service takes
MISSED = ("missed", "cancelled", "busy")


@after(MessageSent, once=True)
def push_message(event: MessageSent, store: Store) -> None:
    """To those who are away, at once; to the other devices of who is here, if it is not read in a moment."""
    row = store.shelves.conversations.get(event.conversation)
    if row is None or not _may_push(store):
        return
    people = [one for one in _hearing(store, event, row) if one != event.author]
    if len(people) <= AT_ONCE:
        _push_to(store, event, people)
    else:
        store.post.see_to(_push_by_and_by(store, event, people))


def _hearing(store: Store, event: MessageSent, row: Conversation) -> list[str]:
    """Whom it may call of those who are away; of a large room nobody else is looked at."""
    if event.target:
        return [person for person in called_by(event, store) if person in store.away]
    view = store.view()
    if size(view, row) < len(store.away):
        return [person for person in present(store, row) if person in store.away]
    return [person for person in store.away.people() if is_present(view, person, row)]


async def _push_by_and_by(store: Store, event: MessageSent, people: list[str]) -> None:
    """To many, in slices between which everything else goes on. What is said next follows in the same steps."""
    for first in range(0, len(people), AT_ONCE):
        _push_to(store, event, people[first : first + AT_ONCE])
        await asyncio.sleep(0)


def _push_to(store: Store, event: MessageSent, people: list[str]) -> None:
    for person in people:
        push = partial(_push_message, store, event, person)
        if store.sockets.is_online(person):
            store.timers.later(f"push {event.conversation} {person}", ELSEWHERE_SECONDS, push)
        else:
            push()


@after(MessageDeleted)
def push_gone(event: MessageDeleted, store: Store) -> None:
    """Its words leave the screens of those to whom it was pushed, and it is pushed to nobody who waits for it still.

    At every node: each knows only what it has shown itself, and what waits with it.
    """
    if not _may_push(store):
        return
    place = thread_place(event.conversation, event.thread) if event.thread else event.conversation
    words = {"kind": "gone", "conversation": event.conversation, "seq": event.target, "at": event.at}
    if event.thread:
        words["thread"] = event.thread
    for subscription in store.post.withdraw((event.conversation, event.target)):
        parcel = Parcel(
            subscription=subscription,
            payload=_packed(words),
            topic=topic_of(f"gone {place} {event.target}"),
            expires_at=event.at + KEPT_SECONDS * 1000,
            still=partial(_is_away, store, subscription),
        )
        store.post.add(parcel)


@after(CallRang, once=True)
def push_ring(event: CallRang, store: Store) -> None:
    """Every device that is away rings too, as long as the ring lasts."""
    row = store.shelves.conversations.get(event.conversation)
    if row is None or row.call is None or row.call.call != event.call or not _may_push(store):
        return
    words = {"kind": "ring", "call": event.call, "video": event.video, "until": event.at + RING_SECONDS * 1000}
    for person in _others(row, event.author):
        if store.view().blocks(person, event.author):
            continue
        named = {**words, **_who(store, person, event.author)}
        _push(store, person, row.id, named, RING_SECONDS, partial(_still_rings, store, row.id, event.call))


@after(CallPickedUp, once=True)
def push_answered(event: CallPickedUp, store: Store) -> None:
    """It was answered elsewhere: the ring goes from the other devices."""
    if _may_push(store):
        words = {"kind": "over", "call": event.call}
        _push(store, event.author, event.conversation, words, OVER_SECONDS, _always)


@after(CallEnded, once=True)
def push_ended(event: CallEnded, store: Store) -> None:
    """It rings no longer; what was missed is said. A call that was answered has left these devices before."""
    row = store.shelves.conversations.get(event.conversation)
    if row is None or event.reason in ("ended", "failed") or not _may_push(store):
        return
    for person in _others(row, event.caller):
        if store.view().blocks(person, event.caller):
            continue
        if event.reason in MISSED:
            missed = {"kind": "missed", "call": event.call, "video": event.video, **_who(store, person, event.caller)}
            _push(store, person, row.id, missed, KEPT_SECONDS, _always)
        else:
            _push(store, person, row.id, {"kind": "over", "call": event.call}, OVER_SECONDS, _always)


@after(CallOpened, once=True)
def push_room_rings(event: CallOpened, store: Store) -> None:
    """The devices of everybody in the room ring, as those of one who is called do."""
    row = store.shelves.conversations.get(event.conversation)
    if row and event.ring and _may_push(store):
        _ring_in_room(store, event, present(store, row), video=event.video)


@after(PeopleSummoned, once=True)
def push_summons(event: PeopleSummoned, store: Store) -> None:
    """So do those of who is called by name into a call that goes on."""
    on = store.view().gathering(event.conversation)
    if on and on.call.call == event.call and _may_push(store):
        _ring_in_room(store, event, event.people, video=on.call.video)


def _ring_in_room(store: Store, event: CallOpened | PeopleSummoned, people: list[str], *, video: bool) -> None:
    words = {"kind": "ring", "call": event.call, "video": video, "until": event.at + RING_SECONDS * 1000}
    for person in people:
        if person == event.author or store.view().blocks(person, event.author):
            continue
        named = {**words, **_who(store, person, event.author)}
        still = partial(_still_rings_in_room, store, event.conversation, event.call, person)
        _push(store, person, event.conversation, named, RING_SECONDS, still)


@after(CallJoined, once=True)
def push_room_answered(event: CallJoined, store: Store) -> None:
    """Who is in the call need not be called on their other devices."""
    on = store.view().gathering(event.conversation)
    if on and on.call.began != event.author and has_rung(on.call, event.author) and _may_push(store):
        push_room_over(store, event.author, event.conversation, event.call)


@after(CallClosed, once=True)
def push_room_closed(event: CallClosed, store: Store) -> None:
    """Whom it rang and who never came has missed it, but who said no, was put out, or blocks who began it.

    Who came, or said no, was told then that it rings no longer.
    """
    row = store.shelves.conversations.get(event.conversation)
    if row is None or not _may_push(store):
        return
    rung = _rung_with_room(store, event, row) if event.ring else []
    for person in {*rung, *event.called}:
        blocks = store.view().blocks(person, event.began)
        if blocks and person not in event.called:
            continue  # it did not ring; of who is called by name, the caller may be another
        if blocks or person in {*event.people, *event.barred} or not is_present(store.view(), person, row):
            push_room_over(store, person, row.id, event.call)
        elif not has_declined(store, row.id, event.call, person):
            named = _who(store, person, event.began, row.title)
            missed = {"kind": "missed", "call": event.call, "video": event.video, **named}
            _push(store, person, row.id, missed, KEPT_SECONDS, _always)


def _rung_with_room(store: Store, event: CallClosed, row: Conversation) -> list[str]:
    """Those who were in the room when it began, and did not come. To read of it is less: history may be open to all."""
    away = [one for one in present(store, row) if one not in event.people]
    return [one for one in away if arrival(store, one, row.id) < event.opened]


def push_room_over(store: Store, person: str, conversation: str, call: str) -> None:
    """The ring goes from this person's devices that are away."""
    _push(store, person, conversation, {"kind": "over", "call": call}, OVER_SECONDS, _always)


# -- a line that broke ------------------------------------------------------------------------------------------------


def follow_pushes(store: Store) -> None:
    """Begin to look after who has left. Called once, at start.

    A phone in a pocket keeps a line that nobody listens to for up to 45 s: what is said on it meanwhile reaches nobody.
    """
    store.sockets.left.append(lambda person: _left(store, person))


def _left(store: Store, person: str) -> None:
    if _may_push(store) and _away(store, person):
        at = store.clock()
        store.timers.later(f"left {person}", RETURN_SECONDS, lambda: store.post.see_to(_catch_up(store, person, at)))


async def _catch_up(store: Store, person: str, left_at: int) -> None:
    """The newest of each conversation and thread, if it came just before they left (ms) and was not delivered."""
    since = left_at - SWALLOWED_SECONDS * 1000
    for row in theirs(store, person):
        marks = store.shelves.marks.get(mark_key(row.id, person))
        delivered = marks.delivered if marks else 0
        threads = store.shelves.threads.where("follower", mark_key(row.id, person))
        newest = [(row.line, row.line_at), *((one.last, one.last_at) for one in threads)]
        seqs = [seq for seq, at in newest if since <= at <= left_at and seq > delivered]
        for line in (await store.timeline.rows(row.id, seqs)).values() if seqs else ():
            event = read_event(line.frame)
            if isinstance(event, MessageSent) and event.author != person:
                _push_message(store, event, person)


# -- one message ------------------------------------------------------------------------------------------------------


def _push_message(store: Store, event: MessageSent, person: str) -> None:
    row = store.shelves.conversations.get(event.conversation)
    if row is None or not _wants(store, event, person):
        return
    words = {"kind": "message", "conversation": row.id, "seq": event.seq, "at": event.at}
    if event.target:
        words["thread"] = event.target
    payload = _packed(words | message_words(store, row, event, person))
    for subscription in _away(store, person):
        parcel = Parcel(
            subscription=subscription,
            payload=payload,
            topic=topic_of(thread_place(row.id, event.target) if event.target else row.id),
            expires_at=event.at + KEPT_SECONDS * 1000,
            about=(row.id, event.seq),
            still=partial(_still, store, subscription, partial(_wants, store, event, person)),
        )
        store.post.add(parcel)


def _wants(store: Store, event: MessageSent, person: str) -> bool:
    """A member still, who has not read it, is not busy, and wants to hear of it and of who wrote."""
    row = store.shelves.conversations.get(event.conversation)
    if row is None or not is_present(store.view(), person, row) or _has_read(store, event, person):
        return False
    if store.post.is_withdrawn((row.id, event.seq)):
        return False
    if not within(store.view(), person, row.id, event.seq, event.target):
        return False
    if _is_busy(store, person) or store.view().blocks(person, event.author):
        return False
    is_part = bool(event.target) and follows(store, person, row.id, event.target)
    is_named = names(event, person)
    if event.target and not (is_part or is_named):
        return False
    return calls_attention(store.view(), person, row, mentioned=is_named or is_part)


def _has_read(store: Store, event: MessageSent, person: str) -> bool:
    if event.target:
        return thread_mark(store, person, event.conversation, event.target) >= event.seq
    marks = store.shelves.marks.get(mark_key(event.conversation, person))
    return marks is not None and marks.read >= event.seq


def message_words(store: Store, row: Conversation, event: MessageSent, person: str) -> dict[str, Any]:
    """Who wrote and what, cut to fit; nothing of it where the person wants no previews."""
    if not store.view().preference(person, own(person)).previews:
        return {}
    author = _name(store, event.author)
    text = event.text or ", ".join(file.name for file in event.files)
    words: dict[str, Any] = {"title": author, "body": clipped(text, MAX_BODY)}
    if event.voice:
        words |= {"voice": True, "body": clipped(event.text, MAX_BODY)}
    if row.kind == "room":
        words |= {"title": clipped(row.title or author, MAX_TITLE), "author": author}
    return words


def clipped(text: str, size: int) -> str:
    """Not more than so many bytes of UTF-8, cut between characters."""
    raw = text.encode()
    return text if len(raw) <= size else raw[: size - 3].decode(errors="ignore") + "…"


def topic_of(conversation: str) -> str:
    """What a push service may know a conversation's pushes by, to replace one by the next: at most 32 base64url
    characters (RFC 8030 section 5.4), from which nobody learns the id.
    """
    return base64.urlsafe_b64encode(hashlib.sha256(conversation.encode()).digest()[:24]).decode()


# -- calls ------------------------------------------------------------------------------------------------------------


def _push(
    store: Store, person: str, conversation: str, words: dict[str, Any], seconds: int, still: Callable[[], bool]
) -> None:
    payload = _packed({**words, "conversation": conversation, "at": store.clock()})
    for subscription in _away(store, person):
        parcel = Parcel(
            subscription=subscription,
            payload=payload,
            topic=topic_of(f"call {conversation}"),
            expires_at=store.clock() + seconds * 1000,
            urgent=True,
            still=partial(_still, store, subscription, still),
        )
        store.post.add(parcel)


def _still_rings(store: Store, conversation: str, call: str) -> bool:
    row = store.shelves.conversations.get(conversation)
    return bool(row and row.call and row.call.call == call and not row.call.picked_up_by)


def _still_rings_in_room(store: Store, conversation: str, call: str, person: str) -> bool:
    on = store.view().gathering(conversation)
    return bool(on and on.call.call == call and all(one.person != person for one in on.call.attendees))


def _others(row: Conversation, person: str) -> list[str]:
    return [one for one in row.members if one != person]


def _who(store: Store, person: str, caller: str, room: str = "") -> dict[str, Any]:
    """Whose call it is or was, where previews are wanted, and whether it is to be seen and not heard."""
    previews = store.view().preference(person, own(person)).previews
    title = {"title": clipped(room, MAX_TITLE) or _name(store, caller)} if previews else {}
    return {**title, "quiet": _is_busy(store, person)}


# -- people -----------------------------------------------------------------------------------------------------------


def _is_busy(store: Store, person: str) -> bool:
    """As pwa/state/status.js has it for an open page: whoever is busy wants no sound and no notification."""
    said = store.shelves.statuses.get(person)
    return said is not None and said.status == "busy" and (not said.until or said.until > store.clock())


# -- devices ----------------------------------------------------------------------------------------------------------


def _may_push(store: Store) -> bool:
    return bool(store.post.key) and len(store.shelves.subscriptions) > 0


def _away(store: Store, person: str) -> list[Subscription]:
    return [row for row in store.shelves.subscriptions.where("person", person) if _is_away(store, row)]


def _is_away(store: Store, row: Subscription) -> bool:
    """Signed in, under this very subscription, and without a connection."""
    known = store.view().device(row.device)
    if known is None or known.person != row.person or store.shelves.subscriptions.get(row.device) != row:
        return False
    return not store.sockets.is_connected(row.device)


def _still(store: Store, subscription: Subscription, wanted: Callable[[], bool]) -> bool:
    return _is_away(store, subscription) and wanted()


def _name(store: Store, person: str) -> str:
    row = store.shelves.people.get(person)
    return clipped(row.name if row else "", MAX_TITLE)


def _packed(words: dict[str, Any]) -> bytes:
    return json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()


def _always() -> bool:
    return True
