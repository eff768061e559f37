"""What may be asked of threads, and what is told of them to those who follow one."""

from typing import Annotated

from msgspec import Meta

from protocol.asking import Asks, Targets
from protocol.shapes import MAX_PAGE, ConversationId, Milliseconds, Seq
from protocol.telling import Logged, Passing

# -- commands ---------------------------------------------------------------------------------------------------------


class FollowThread(Targets, frozen=True, kw_only=True):
    """Hear of what is said in the thread of the message `target`, or no longer, whatever part one has in it.

    Unasked, somebody follows a thread whose first message they wrote, in which they said something, or which names
    them; between two both follow each. Who does not follow it is still called by what names them.
    """

    name = "thread.follow"
    on: bool


class PageThread(Asks, frozen=True, kw_only=True):
    """A page of what was said in the thread of the message `target`: before `before`, after `after`, around `around`,
    around the first answer of the time `at` (ms since the epoch) or later, or the newest.

    Beside what stands of its answers, `about` says what stands of the message itself.
    """

    name = "thread.page"
    conversation: ConversationId
    target: Seq
    before: Seq = 0
    after: Seq | None = None
    around: Seq = 0
    at: Milliseconds = 0
    limit: Annotated[int, Meta(ge=1, le=MAX_PAGE)] = 50


# -- events -----------------------------------------------------------------------------------------------------------


class ThreadFollowed(Logged, frozen=True, kw_only=True):
    """In the person's own conversation: whether they want to hear of the thread of a message of `subject`."""

    name = "thread.followed"
    subject: ConversationId
    thread: Seq
    on: bool


class ThreadMoved(Passing, frozen=True, kw_only=True):
    """To those who follow the thread of the message `thread` or are named by its answer `last`, but for who said it.

    `follows` and `named` say which of these one is.
    """

    name = "thread.moved"
    conversation: ConversationId
    thread: Seq
    last: Seq
    follows: bool = True
    named: bool = False
