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
from store.durable import Place
from store.rows import Marks


def arrival(store: Store, person: str, conversation: str) -> int:
    """Up to here all was said before this person came: it does not wait for them, and they did not read it."""
    member = store.view().member(conversation, person)
    row = store.shelves.marks.get(mark_key(conversation, person))
    return max(member.joined if member else 0, row.passed if row else 0)


def thread_mark(store: Store, person: str, conversation: str, root: int) -> int:
    """How far the thread is not new to this person: they have read so far, or it was passed over."""
    row = _marks(store, person, conversation, root)
    return max(row.read, row.passed)


def thread_read(store: Store, person: str, conversation: str, root: int) -> int:
    """How far this person themselves has read the thread."""
    return _marks(store, person, conversation, root).read


def raise_thread_mark(store: Store, person: str, conversation: str, root: int, *, read: int) -> int:
    """Read up to here, never further than the thread's last answer; answers how far it is not new now."""
    old = _marks(store, person, conversation, root)
    read = max(old.read, min(read, _last(store, conversation, root)))
    return _keep(store, (conversation, root), old, replaced(old, read=read, delivered=max(old.delivered, read)))


def pass_over(store: Store, person: str, conversation: str, root: int, *, through: int) -> None:
    """Not new up to here, though they have not read it."""
    old = _marks(store, person, conversation, root)
    through = min(through, _last(store, conversation, root))
    _keep(store, (conversation, root), old, replaced(old, passed=max(old.passed, through)))


def _marks(store: Store, person: str, conversation: str, root: int) -> Marks:
    place = thread_place(conversation, root)
    return store.shelves.marks.get(mark_key(place, person)) or Marks(conversation=place, person=person)


def _last(store: Store, conversation: str, root: int) -> int:
    thread = store.shelves.threads.get(place_key(conversation, root))
    return thread.last if thread else 0


def _keep(store: Store, place: Place, old: Marks, new: Marks) -> int:
    """Answers how far it is not new now. That alone their devices hear; what was read of it is for receipts."""
    before, now = max(old.read, old.passed), max(new.read, new.passed)
    if new != old:
        store.keep_soon("marks", new)
    if now > before:
        conversation, root = place
        told = MarkChanged(conversation=conversation, thread=root, person=new.person, read=now, delivered=now)
        store.sockets.tell(pack_event(told), [new.person])
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
