"""Answers: what of a thread is folded, when something is said in it and when that is taken back."""

from protocol.events import MessageDeleted, MessageSent
from protocol.records import replaced
from store.cold import place_key
from store.drafts import Draft
from store.rows import Thread

MAX_NAMED = 5  # of those who answered
MAX_FOLLOWERS = 500  # more people than that talk in a room, not in a thread


def answered(draft: Draft, event: MessageSent) -> None:
    """One answer more; who asked, who answers, and whom it names have a part in it from now on; between two, both."""
    key = place_key(event.conversation, event.target)
    row = draft.threads.get(key) or Thread(conversation=event.conversation, root=event.target)
    root = draft.recalled.events.get((event.conversation, event.target))
    asked = [root.author] if root else []
    place = draft.conversations.get(event.conversation)
    both = place.members if place and place.kind == "direct" else ()
    followers = list(dict.fromkeys([*row.followers, *asked, event.author, *event.mentions, *both]))[:MAX_FOLLOWERS]
    people = list(dict.fromkeys([*row.people, event.author]))[:MAX_NAMED]
    told = {"last": event.seq, "last_at": event.at, "last_author": event.author, "upto": event.seq}
    draft.threads.put(replaced(row, count=row.count + 1, people=people, followers=followers, **told))
    draft.recalled.before[event.conversation, event.seq] = row.last


def taken_back(draft: Draft, event: MessageDeleted) -> None:
    """One answer fewer; that somebody answered stays."""
    row = draft.threads.get(place_key(event.conversation, event.thread))
    if row:
        draft.threads.put(replaced(row, count=max(0, row.count - 1), upto=event.seq))
