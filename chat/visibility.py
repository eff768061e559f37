"""Who may see what: the one question that resume, pages, search, quotes and files all ask.

What somebody may not see is refused exactly like what does not exist, so that nobody learns an id by trying.
"""

from collections.abc import Iterable

from protocol.answers import Reach
from protocol.errors import Refusal
from store import Store, View, Who
from store.rows import OPEN_END, Conversation, Hold, Person, is_in

DIRECTORY = "directory"
HOUSE = "house"
EVERYONE = "room.reveryoneaaaaa"  # its members are the people of the house: nobody joins, leaves, or has a row of it

NO_CONVERSATION = "There is no such conversation, or you are not in it."


def own(person: str) -> str:
    """The id of a person's own conversation."""
    return f"own.{person}"


def direct(one: str, other: str) -> str:
    """The id of the conversation between two people, the same whoever computes it."""
    low, high = sorted((one, other))
    return f"direct.{low}.{high}"


def pair(conversation: str) -> tuple[str, str] | None:
    """The two people of a well-formed direct conversation's id, else None."""
    kind, _, people = conversation.partition(".")
    low, _, high = people.partition(".")
    return (low, high) if kind == "direct" and low < high else None


def visible(view: View, person: str, conversation: str) -> list[Reach]:
    """The ranges of seq this person may see, both ends included, cut off at the head; empty when there are none."""
    row = view.conversation(conversation)
    if row is None or not is_here(view, person):
        return []
    ends = (Reach(first=one.first, last=one.last or row.head) for one in _ranges(view, person, row))
    return [one for one in ends if one.first <= one.last]


def within(view: View, person: str, conversation: str, seq: int, target: int = 0) -> bool:
    """Whether this person may see that event, which is about `target` if it is about another."""
    return sees(visible(view, person, conversation), seq, target)


def sees(reach: list[Reach], seq: int, target: int | None = 0) -> bool:
    """Whether an event lies in one of the ranges, and so does what it is about: else it is `hidden`."""
    return covers(reach, seq) and (not target or covers(reach, target))


def covers(reach: list[Reach], seq: int) -> bool:
    """Whether a place lies in one of the ranges."""
    return any(one.first <= seq <= one.last for one in reach)


def is_here(view: View, person: str) -> bool:
    """Whether somebody of this id is of the house, and not removed."""
    known = view.person(person)
    return known is not None and not known.removed


def is_present(view: View, person: str, row: Conversation) -> bool:
    """Whether somebody is in this conversation now. Who left a room, or was removed from it, keeps nothing of it."""
    return is_here(view, person) and bool(_ranges(view, person, row)) and row.id != DIRECTORY


def present(store: Store, row: Conversation) -> list[str]:
    """The people who are in this conversation now. Ask `size` first: of "Everyone" that is the whole house."""
    if row.id == EVERYONE:
        return [] if row.closed else [one.id for one in store.shelves.people if not one.removed]
    if row.kind != "room":
        return list(row.members)
    members = [one for one in store.view().members(row.id) if one.present]
    return [one.person for one in sorted(members, key=lambda one: (one.joined, one.person))]


def theirs(store: Store, person: str) -> list[Conversation]:
    """The conversations somebody is in now, in no order."""
    view, shelf = store.view(), store.shelves.conversations
    rooms = [EVERYONE, *(one.conversation for one in view.rooms_of(person))]
    found = [row for room in rooms if (row := shelf.get(room)) and is_present(view, person, row)]
    return shelf.where("member", person) + found


def size(view: View, row: Conversation) -> int:
    """How many that are, without looking at each."""
    if row.id == EVERYONE:
        return 0 if row.closed else view.people_here()
    return row.size if row.kind == "room" else len(row.members)


def audience(store: Store, row: Conversation, seq: int, target: int = 0) -> tuple[Iterable[str], Iterable[str]]:
    """Who hears an event of this seq live, and who hears only that there was one: its target is not theirs to see.

    Both were members then. The directory and the house are pulled.
    """
    if row.id == EVERYONE:
        return store.sockets.people(), ()  # also when it is turned off, or nobody would hear of it
    is_room = row.kind == "room"
    people = ((one.person, one.reach) for one in store.view().members(row.id)) if is_room else row.members.items()
    hearing, kept_from = list[str](), list[str]()
    for person, reach in people:
        if is_in(reach, seq):
            (kept_from if target and not is_in(reach, target) else hearing).append(person)
    return hearing, kept_from


def _ranges(view: View, person: str, row: Conversation) -> list[Reach]:
    if row.id == DIRECTORY or (row.id == EVERYONE and not row.closed):
        return [Reach(first=1, last=OPEN_END)]
    if row.kind != "room":
        return row.members.get(person, [])
    member = view.member(row.id, person)
    return member.reach if member and member.present else []


def require_member(view: View, who: Who, conversation: str) -> Conversation:
    """The conversation, if this person is in it now. Raises Refusal `not-found`.

    A direct conversation that nobody has written in yet counts as begun when the other person exists.
    """
    row = view.conversation(conversation)
    if row is not None and is_present(view, who.person, row):
        return row
    if row is None and (unborn := _unborn(view, who, conversation)):
        return unborn
    raise Refusal("not-found", NO_CONVERSATION, field="conversation")


def require_reader(view: View, who: Who, conversation: str) -> Conversation:
    """The conversation, if this person may read it: one they are in, or the directory, which everybody reads.

    Raises Refusal `not-found`. The directory's many members are nobody's business here, so it has none.
    """
    if conversation != DIRECTORY:
        return require_member(view, who, conversation)
    row = view.conversation(DIRECTORY)
    if row is None:
        raise Refusal("not-found", "Nobody has joined yet.", field="conversation")
    return row


def may_see_file(store: Store, person: str, file: str) -> bool:
    """Whether this person may have a file's bytes: it hangs in something they may see, or they uploaded it."""
    view = store.view()
    row = view.file(file)
    if row is None or not is_here(view, person):
        return False
    hold = store.shelves.holds.get(file)
    if hold is None:
        return row.uploader == person
    return any(_hangs_for(view, person, hold, conversation) for conversation in hold.places)


def _hangs_for(view: View, person: str, hold: Hold, conversation: str) -> bool:
    """Whether a file hangs in what somebody may see of a conversation, or is the picture of a room they know of."""
    reach = visible(view, person, conversation)
    row = view.conversation(conversation)
    if row is not None and row.picture == hold.file and (reach or row.public):
        return True
    return any(sees(reach, seq, hold.root(conversation, seq)) for seq in hold.places[conversation])


def require_person(view: View, person: str) -> Person:
    """Somebody who is here. Raises Refusal `not-found`."""
    row = view.person(person)
    if row is None or row.removed:
        raise Refusal("not-found", "There is no such person here.", field="person")
    return row


def _unborn(view: View, who: Who, conversation: str) -> Conversation | None:
    people = pair(conversation)
    if people is None or who.person not in people or not all(map(view.person, people)):
        return None
    return Conversation(
        id=conversation, kind="direct", members={one: [Reach(first=1, last=OPEN_END)] for one in people}
    )
