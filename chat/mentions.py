"""Mentions: people whose names stand in a text as `@Name`, told apart by their ids; and which of them nobody has read.

They are kept beside the unread count because they call even where a conversation is muted; those of a thread, beside
one's mark in it. "@everyone" is one word of the text that stands for all who are in a room: kept once for the room,
never once for each member.
"""

from chat.roles import LEADERS, role_in
from chat.visibility import covers, is_present, size
from protocol.answers import Reach
from protocol.events import MessageSent
from protocol.records import replaced
from store import View
from store.drafts import Draft, mark_key, thread_place
from store.rows import Conversation, Mentioned

MAX_KEPT = 100  # of one person in one conversation, the newest: no more is counted
FEW = 10  # people: in a room of no more anybody may call all of them; pwa/state/mentions.js offers it by the same rule


def mentioned(view: View, row: Conversation, people: list[str]) -> list[str]:
    """Those of these people who are there to hear it, each once, in the order they were named."""
    return [person for person in dict.fromkeys(people) if is_present(view, person, row)]


def everyone_named(view: View, row: Conversation, person: str, word: str) -> str:
    """The word by which this person names everybody there, empty where they may not: then it is a word like others."""
    return word if may_name_everyone(view, person, row) else ""


def may_name_everyone(view: View, person: str, row: Conversation) -> bool:
    """Who leads a room; where few are in it, anybody. Between two there is nobody else to call."""
    return row.kind == "room" and (size(view, row) <= FEW or role_in(view, person, row) in LEADERS)


def names(event: MessageSent, person: str) -> bool:
    """Whether a message calls this person by name, or with everybody."""
    return event.author != person and (bool(event.everyone) or person in event.mentions)


def keep_mentions(event: MessageSent, draft: Draft) -> None:
    """Who is named in it finds it, whatever else is said there meanwhile, unless they have blocked who says it.

    To name oneself calls nobody.
    """
    deaf = {block.person for block in draft.blocks.where("other", event.author)}
    for person in event.mentions:
        if person != event.author and person not in deaf:
            row = _row(draft, event, person)
            draft.mentions.put(replaced(row, seqs=[*row.seqs, event.seq][-MAX_KEPT:]))
    if event.everyone:
        row = _row(draft, event, "")
        seqs, authors = [*row.seqs, event.seq][-MAX_KEPT:], [*row.authors, event.author][-MAX_KEPT:]
        kept = {seq: people for seq, people in {**row.deaf, event.seq: sorted(deaf)}.items() if people and seq in seqs}
        draft.mentions.put(replaced(row, seqs=seqs, authors=authors, deaf=kept))


def drop_mentions(event: MessageSent, draft: Draft) -> None:
    """It was taken back."""
    for person in event.mentions:
        row = _row(draft, event, person)
        if event.seq in row.seqs:
            draft.mentions.put(replaced(row, seqs=[seq for seq in row.seqs if seq != event.seq]))
    row = _row(draft, event, "")
    if event.seq in row.seqs:
        at = row.seqs.index(event.seq)
        left = {"seqs": row.seqs[:at] + row.seqs[at + 1 :], "authors": row.authors[:at] + row.authors[at + 1 :]}
        draft.mentions.put(replaced(row, **left))


def unread_mentions(view: View, person: str, row: Conversation, reach: list[Reach], seen: int) -> list[int]:
    """The messages above what this person has read, and within what they may see, that name them."""
    seqs = view.mentions(person, row.id)
    return [seq for seq in seqs if seen < seq <= row.head and covers(reach, seq)][-MAX_KEPT:]


def _row(draft: Draft, event: MessageSent, person: str) -> Mentioned:
    place = thread_place(event.conversation, event.target) if event.target else event.conversation
    return draft.mentions.get(mark_key(place, person)) or Mentioned(conversation=place, person=person)
