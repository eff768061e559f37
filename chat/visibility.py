"""Who may see what: the one question that resume, pages, search, quotes and files all ask.

What somebody may not see is refused exactly like what does not exist, so that nobody learns an id by trying.
"""

from protocol.answers import Reach
from protocol.errors import Refusal
from store import Store, View, Who
from store.rows import OPEN_END, Conversation

DIRECTORY = "directory"
HOUSE = "house"

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
    if row is None or not (known := view.person(person)) or known.removed:
        return []
    ranges = [Reach(first=1, last=OPEN_END)] if conversation == DIRECTORY else row.members.get(person, [])
    ends = (Reach(first=one.first, last=one.last or row.head) for one in ranges)
    return [one for one in ends if one.first <= one.last]


def require_member(view: View, who: Who, conversation: str) -> Conversation:
    """The conversation, if this person is in it now. Raises Refusal `not-found`.

    A direct conversation that nobody has written in yet counts as begun when the other person exists.
    """
    row = view.conversation(conversation)
    if row is not None and who.person in row.present():
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
    if row is None or not (known := view.person(person)) or known.removed:
        return False
    hold = store.shelves.holds.get(file)
    if hold is None:
        return row.uploader == person
    return any(
        reach.first <= seq <= reach.last
        for conversation, seqs in hold.places.items()
        for reach in visible(view, person, conversation)
        for seq in seqs
    )


def _unborn(view: View, who: Who, conversation: str) -> Conversation | None:
    people = pair(conversation)
    if people is None or who.person not in people or not all(map(view.person, people)):
        return None
    return Conversation(
        id=conversation, kind="direct", members={one: [Reach(first=1, last=OPEN_END)] for one in people}
    )
