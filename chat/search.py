"""Search: which messages have these words, among all that somebody may see.

The question names every range of every log this person may read, so nothing else is looked at, counted or paged past.
"""

import asyncio
from collections.abc import Sequence
from typing import Literal

import store.search as index
from chat.conversations import cards
from chat.dispatch import query
from chat.visibility import require_member, theirs, visible
from protocol.answers import FoundMessages, MessageHit, Reach
from protocol.codec import read_event
from protocol.commands import FindMessages
from protocol.events import MessageSent
from protocol.shapes import FileInfo, HitPlace
from store import Store, Who
from store.search.grams import read_query
from store.search.snippets import has_all, snippet

MAX_HIT_FILES = 4  # shown of one message
BESIDE = " · "  # between the options of a poll


@query(FindMessages)
async def find_messages(command: FindMessages, who: Who, store: Store) -> FoundMessages:
    """The newest messages that answer. A question that asks for nothing finds nothing."""
    reaches = _reaches(command, who, store)
    if not (command.text.strip() or command.author or command.has_file or command.after or command.before):
        return FoundMessages(hits=[], people=[], ready=store.search.is_ready())
    try:
        found = await store.search.find(_question(command, reaches))
    except index.NotReady:
        return FoundMessages(hits=[], people=[], ready=False)
    words = read_query(command.text).words
    shown = await asyncio.gather(*(_shown(store, hit, words) for hit in found.hits))
    hits = [hit for hit in shown if hit]
    return FoundMessages(
        hits=hits,
        people=cards(store, (hit.author for hit in hits)),
        more=_place(found.more),
        partial=found.partial,
        ready=store.search.is_ready(),
    )


def _reaches(command: FindMessages, who: Who, store: Store) -> dict[str, list[Reach]]:
    """Where this person may look. Raises Refusal `not-found` for a conversation that is none of theirs."""
    view = store.view()
    if command.conversation is None:
        reaches = {row.id: visible(view, who.person, row.id) for row in theirs(store, who.person)}
        return {conversation: reach for conversation, reach in reaches.items() if reach}
    reach = visible(view, who.person, command.conversation)
    if not reach:
        require_member(view, who, command.conversation)
        return {}
    return {command.conversation: reach}


def _question(command: FindMessages, reaches: dict[str, list[Reach]]) -> index.Question:
    place = command.older_than
    return index.Question(
        reaches=reaches,
        text=command.text,
        author=command.author,
        after=command.after,
        before=command.before,
        files=command.has_file,
        older_than=index.Place(place.at, place.conversation, place.seq) if place else None,
        limit=command.limit,
    )


def _place(place: index.Place | None) -> HitPlace | None:
    return HitPlace(at=place.at, conversation=place.conversation, seq=place.seq) if place else None


async def _shown(store: Store, hit: index.Hit, words: Sequence[str]) -> MessageHit | None:
    """A hit with the words around the match, as they now stand in the log; None when it was deleted or edited since."""
    row = await store.timeline.row(hit.conversation, hit.seq)
    sent = read_event(row.frame) if row else None
    if not isinstance(sent, MessageSent) or not (sent.text or sent.files):
        return None
    text = sent.text
    if hit.source != hit.seq:
        edit = await store.timeline.row(hit.conversation, hit.source)
        text = edit.text if edit else text
    names = [file.name for file in sent.files]
    options = sent.poll.options if sent.poll else []
    if not has_all([text, *options, *names], words):
        return None
    pieces, of = _pieces(text, options, names, words)
    return MessageHit(
        conversation=hit.conversation,
        seq=hit.seq,
        author=hit.author,
        at=hit.at,
        thread=hit.thread,
        pieces=pieces,
        in_file=of == "file",
        files=_first(sent.files, pieces if of == "file" else []),
        poll=sent.poll is not None,
        question="".join(snippet(text, []) or []) if of == "option" else "",
    )


def _pieces(
    text: str, options: list[str], names: list[str], words: Sequence[str]
) -> tuple[list[str], Literal["text", "option", "file"]]:
    """What is shown, and of what it is: the message itself, the options of its poll, or a file's name."""
    if (pieces := snippet(text, words)) and (words or text):
        return pieces, "text"
    if options and (pieces := snippet(BESIDE.join(options), words)):
        return pieces, "option"
    named = (snippet(name, words) for name in names)
    return next((one for one in named if one), [""]), "file"


def _first(files: list[FileInfo], pieces: list[str]) -> list[FileInfo]:
    """The files that are shown, the one that is named before all others."""
    named = "".join(pieces)
    return sorted(files, key=lambda file: file.name != named)[:MAX_HIT_FILES]
