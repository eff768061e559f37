"""Invitations: the house's own works many times until it is replaced or expires; one made for a person works once."""

import hashlib
import secrets
from collections.abc import Sequence

from chat.dispatch import fold, rule
from chat.visibility import HOUSE
from protocol.commands import MakeInvitation
from protocol.errors import Refusal
from protocol.events import ConversationCreated, InvitationMade, InvitationSpent, Logged
from protocol.records import replaced
from store import View, Who
from store.drafts import Draft
from store.rows import Invitation

LIFETIME_MS = 7 * 24 * 3600 * 1000
REMEMBERED_MS = 30 * 24 * 3600 * 1000  # after it expired, so that a late guest hears why it does not work
CODE_BYTES = 16  # 128 random bits: nobody guesses one


def new_code() -> str:
    """A fresh code, as it stands in a link."""
    return secrets.token_urlsafe(CODE_BYTES)


def digest(secret: str) -> str:
    """What the server keeps of a code or a token: its SHA-256, hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


@rule(MakeInvitation)
def make_invitation(command: MakeInvitation, who: Who, view: View) -> Sequence[Logged]:
    """The server makes them, asked by the host or the command line."""
    begun = [] if view.conversation(HOUSE) else [ConversationCreated(conversation=HOUSE, kind="house")]
    made = InvitationMade(
        conversation=HOUSE, invitation=command.invitation, kind=command.kind, expires_at=command.expires_at
    )
    return [*begun, made]


def accept_invitation(invitation: str, person: str, view: View) -> list[InvitationSpent]:
    """What follows when somebody joins by it. Raises Refusal that says whether it is spent, replaced or too old."""
    row = require_standing(invitation, view)
    if row.kind == "many":
        return []
    return [InvitationSpent(conversation=HOUSE, author=person, invitation=row.id, person=person)]


def end_house_invitation(person: str, view: View) -> list[InvitationSpent]:
    """What follows when somebody is removed: they know the house's code, or who told it them does, so it ends."""
    return [
        InvitationSpent(conversation=HOUSE, invitation=row.id, person=person)
        for row in view.invitations("many")
        if not row.ended and row.expires_at > view.now
    ]


def require_standing(invitation: str, view: View) -> Invitation:
    """An invitation that can still be used. Raises Refusal."""
    row = view.invitation(invitation)
    if row is None:
        raise Refusal(
            "invitation-needed", "That invitation is not one of this house. Ask for a new one.", field="invite"
        )
    if row.ended == "spent":
        raise Refusal("invitation-spent", "That invitation has been used already. Ask for a new one.", field="invite")
    if row.ended == "replaced":
        raise Refusal("invitation-expired", "That invitation was replaced by a newer one. Ask for it.", field="invite")
    if row.expires_at <= view.now:
        raise Refusal("invitation-expired", "That invitation has expired. Ask for a new one.", field="invite")
    return row


@fold(InvitationMade)
def keep_invitation(event: InvitationMade, draft: Draft) -> None:
    """A new one for the house ends those before it; what nobody could use for long is forgotten."""
    for row in [*draft.invitations.where("kind", "many"), *draft.invitations.where("kind", "one")]:
        if row.expires_at + REMEMBERED_MS <= event.at:
            draft.invitations.drop(row.id)
        elif event.kind == row.kind == "many" and not row.ended:
            draft.invitations.put(replaced(row, ended="replaced"))
    draft.invitations.put(Invitation(id=event.invitation, kind=event.kind, expires_at=event.expires_at, seq=event.seq))


@fold(InvitationSpent)
def spend_invitation(event: InvitationSpent, draft: Draft) -> None:
    """Kept, so that whoever tries again hears why: the house's own is followed by a newer one."""
    row = draft.invitations.get(event.invitation)
    if row:
        draft.invitations.put(replaced(row, ended="spent" if row.kind == "one" else "replaced"))
