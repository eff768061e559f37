"""A person's mark in a thread, and what is new to them above it: theirs alone, told to their own devices."""

from chat.visibility import covers
from protocol.answers import Reach
from protocol.codec import pack_event
from protocol.events import MarkChanged
from protocol.records import replaced
from protocol.shapes import ThreadCard, ThreadNews
from store import Store
from store.cold import place_key, stance_key
from store.drafts import mark_key, split_thread, thread_place
from store.rows import Marks


def thread_mark(store: Store, person: str, conversation: str, root: int) -> int:
    """How far this person has read the thread."""
    row = store.shelves.marks.get(mark_key(thread_place(conversation, root), person))
    return row.read if row else 0


def raise_thread_mark(store: Store, person: str, conversation: str, root: int, *, read: int) -> int:
    """Read up to here, never further than the thread's last answer; answers how far that is now."""
    thread = store.shelves.threads.get(place_key(conversation, root))
    before = thread_mark(store, person, conversation, root)
    now = max(before, min(read, thread.last if thread else 0))
    if now > before:
        old = Marks(conversation=thread_place(conversation, root), person=person)
        store.keep_soon("marks", replaced(old, read=now, delivered=now))
        told = MarkChanged(conversation=conversation, thread=root, person=person, read=now, delivered=now)
        store.sockets.tell(pack_event(told), [person])
    return now


def thread_card(store: Store, person: str, conversation: str, root: int) -> ThreadCard | None:
    """The thread under a message as this person sees it, None where nothing was said and they chose nothing."""
    row = store.shelves.threads.get(place_key(conversation, root))
    choice = store.shelves.follows.get(stance_key(conversation, root, person))
    chosen = choice.on if choice else None
    if row is None:
        return None if chosen is None else ThreadCard(chosen=chosen)
    return ThreadCard(
        count=row.count,
        last=row.last,
        last_at=row.last_at,
        last_author=row.last_author,
        people=row.people,
        upto=row.upto,
        follows=person in row.followers,
        chosen=chosen,
        read=thread_mark(store, person, conversation, root),
    )


def follows(store: Store, person: str, conversation: str, root: int) -> bool:
    """Whether this person hears of what is said in a thread: as they chose, else because they have a part in it."""
    choice = store.shelves.follows.get(stance_key(conversation, root, person))
    if choice:
        return choice.on
    thread = store.shelves.threads.get(place_key(conversation, root))
    return thread is not None and person in thread.followers


def new_threads(store: Store, person: str, conversation: str, reach: list[Reach]) -> list[ThreadNews]:
    """The threads in which something is new to this person: those they follow, and those that name them unread."""
    key, shelves = mark_key(conversation, person), store.shelves
    roots = {row.root for row in shelves.threads.where("follower", key)}
    roots |= {row.root for row in shelves.follows.where("person", key)}
    for named in (person, ""):
        rows = shelves.mentions.where("thread", mark_key(conversation, named))
        roots |= {place[1] for row in rows if (place := split_thread(row.conversation))}
    news = (_news(store, person, conversation, root) for root in sorted(roots) if covers(reach, root))
    return [one for one in news if one]


def _news(store: Store, person: str, conversation: str, root: int) -> ThreadNews | None:
    row = store.shelves.threads.get(place_key(conversation, root))
    if row is None:
        return None
    read = thread_mark(store, person, conversation, root)
    mentions = [seq for seq in store.view().mentions(person, thread_place(conversation, root)) if seq > read]
    if not follows(store, person, conversation, root):
        return ThreadNews(thread=root, last=mentions[-1], follows=False, mentions=mentions) if mentions else None
    is_new = row.last > read and row.last_author != person
    return ThreadNews(thread=root, last=row.last, mentions=mentions) if is_new else None
