"""Preferences: how much a person wants to hear of each conversation. Theirs alone, in their own conversation's log.

A newcomer's first mistake is to withhold the message: whatever is preferred, everything is delivered and counted. What
is decided here is only what may call somebody's attention.
"""

from collections.abc import Sequence

from chat.dispatch import fold, rule
from chat.visibility import own, require_member, size
from protocol.commands import SetPreference
from protocol.errors import Refusal
from protocol.events import Logged, PreferenceChanged
from protocol.shapes import Preference
from store import View, Who
from store.drafts import Draft
from store.rows import Conversation, Preferred

MANY = 50  # members; above, a room tells of mentions only, until somebody wants it otherwise
HEARD_OF = ("direct", "room", "own")  # kinds of conversation there is something to prefer of


@rule(SetPreference)
def set_preference(command: SetPreference, who: Who, view: View) -> Sequence[Logged]:
    """Only of conversations one is in. Of one's own there is nothing to hear: there it is what holds for all."""
    row = require_member(view, who, command.conversation)
    if row.kind not in HEARD_OF:
        raise Refusal("not-allowed", "There is nothing to hear of that conversation.", field="conversation")
    return [
        PreferenceChanged(
            conversation=own(who.person),
            subject=row.id,
            notify=command.notify,
            muted_until=command.muted_until,
            previews=command.previews,
        )
    ]


@fold(PreferenceChanged)
def keep_preference(event: PreferenceChanged, draft: Draft) -> None:
    """What is wanted from now on."""
    preference = Preference(notify=event.notify, muted_until=event.muted_until, previews=event.previews, seq=event.seq)
    draft.preferences.put(Preferred(conversation=event.subject, person=event.author, preference=preference))


def calls_attention(view: View, person: str, row: Conversation, *, mentioned: bool) -> bool:
    """Whether a message in this conversation may sound and show at this person's devices now.

    An answer in a thread they follow counts as one that names them: it is said to those who have a part in it.
    pwa/state/preferences.js decides the same for an open page.
    """
    preference = view.preference(person, row.id)
    if preference.muted_until > view.now:
        return False
    level = preference.notify or usual(row.kind, size(view, row))
    return level == "all" or (level == "mentions" and mentioned)


def usual(kind: str, members: int) -> str:
    """What is wanted of a conversation nobody said anything about."""
    return "mentions" if kind == "room" and members > MANY else "all"
