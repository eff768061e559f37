"""Roles: what the people of a room may do there. The owner and the moderators stand in the room's own row.

In the room "Everyone" every host of the house is an owner, and there are no moderators.
"""

from chat.visibility import EVERYONE, is_here, require_member
from protocol.errors import Refusal
from protocol.shapes import GroupCall, Right, Role
from store import View, Who
from store.rows import Conversation

OWNER: tuple[Role, ...] = ("owner",)
LEADERS: tuple[Role, ...] = ("owner", "moderator")


def role_in(view: View, person: str, row: Conversation) -> Role:
    """The role of somebody who is in the room."""
    if row.id == EVERYONE:
        known = view.person(person)
        return "owner" if known and known.host else "member"
    if person == row.owner:
        return "owner"
    return "moderator" if person in row.moderators else "member"


def require_role(view: View, who: Who, conversation: str, *roles: Role) -> Conversation:
    """The room, if this person has one of these roles in it. Raises Refusal `not-found`, `not-allowed`."""
    row = require_member(view, who, conversation)
    if row.kind != "room" or role_in(view, who.person, row) not in roles:
        raise Refusal("not-allowed", _who_may(roles))
    return row


def require_voice(view: View, who: Who, row: Conversation) -> None:
    """Somebody may write here. Raises Refusal `not-allowed` in a room of announcements, and while a call forbids it."""
    if row.announcements and role_in(view, who.person, row) == "member":
        raise Refusal("not-allowed", "In this room only its owner and moderators write.", field="conversation")
    on = view.gathering(row.id)
    if on and not may(view, row, on.call, who.person, "write"):
        raise Refusal(
            "not-allowed", "While this call is on, only those write here who were allowed to.", field="conversation"
        )


def may(view: View, row: Conversation, call: GroupCall, person: str, right: Right) -> bool:
    """Whether somebody in the room may do that in its call: everybody may, they by name, or they lead."""
    if right in call.rights or right in call.granted.get(person, ()):
        return True
    return role_in(view, person, row) in LEADERS


def may_outrank(view: View, person: str, other: str, row: Conversation) -> bool:
    """Whether one may put the other out: the owner anybody, a moderator who is neither."""
    ranks: dict[Role, int] = {"member": 0, "moderator": 1, "owner": 2}
    return ranks[role_in(view, person, row)] > ranks[role_in(view, other, row)]


def heir(view: View, row: Conversation, leaver: str) -> str:
    """Who owns the room when its owner goes: the first moderator, else who is there longest, "" when nobody is left."""
    for person in row.moderators:
        if person != leaver and is_here(view, person):
            return person
    rest = [one for one in view.members(row.id) if one.present and one.person != leaver and is_here(view, one.person)]
    return min(rest, key=lambda one: (one.joined, one.person)).person if rest else ""


def _who_may(roles: tuple[Role, ...]) -> str:
    who = "the owner" if roles == OWNER else "the owner and the moderators"
    return f"Only {who} of this room may do that."
