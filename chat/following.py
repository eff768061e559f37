"""Following: who hears of what is said in a thread.

Unasked, who has a part in it: who wrote its first message, said something in it, or is named there (chat/answers.py).
What somebody chose counts before that, and stands in their own conversation's log, as all they prefer does. A
newcomer's first mistake is to withhold the answer: everybody is told and shown everything, this is about attention.
"""

from collections.abc import Sequence

from chat.dispatch import after, fold, rule
from chat.marks import follows, raise_thread_mark
from chat.targets import require_target
from chat.visibility import own
from protocol.commands import FollowThread
from protocol.errors import Refusal
from protocol.events import Logged, ThreadFollowed
from store import Store, View, Who
from store.cold import place_key
from store.drafts import Draft
from store.rows import Followed


@rule(FollowThread)
def follow_thread(command: FollowThread, who: Who, view: View) -> Sequence[Logged]:
    """Of a message one may see, answered or not; an answer itself has no thread."""
    row, message = require_target(view, who, command)
    if message.target:
        raise Refusal("not-allowed", "That is said in a thread already: follow that one.", field="target")
    return [ThreadFollowed(conversation=own(who.person), subject=row.id, thread=message.seq, on=command.on)]


@fold(ThreadFollowed)
def keep_choice(event: ThreadFollowed, draft: Draft) -> None:
    """What is wanted from now on."""
    root, person = event.thread, event.author
    draft.follows.put(Followed(conversation=event.subject, root=root, person=person, on=event.on, seq=event.seq))


@after(ThreadFollowed, once=True)
def what_was_said_before_is_not_new(event: ThreadFollowed, store: Store) -> None:
    """Who begins to follow a thread is not called for all it says already."""
    thread = store.shelves.threads.get(place_key(event.subject, event.thread))
    if event.on and thread:
        raise_thread_mark(store, event.author, event.subject, event.thread, read=thread.last)


def following(store: Store, conversation: str, root: int) -> list[str]:
    """Everybody who follows this thread, whether they are still there or not, in no order."""
    thread = store.shelves.threads.get(place_key(conversation, root))
    chosen = [row.person for row in store.shelves.follows.where("thread", place_key(conversation, root))]
    people = dict.fromkeys([*(thread.followers if thread else ()), *chosen])
    return [person for person in people if follows(store, person, conversation, root)]
