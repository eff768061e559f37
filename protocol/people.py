"""What may be asked of people and their devices, and what is told of them."""

from typing import Annotated, Literal

from msgspec import Meta

from protocol.asking import Asks, Inner, Writes
from protocol.shapes import (
    About,
    ClaimId,
    DeviceId,
    DeviceKind,
    Digest,
    DigestOrEmpty,
    FileIdOrEmpty,
    Label,
    Milliseconds,
    Name,
    PersonId,
)
from protocol.telling import Logged, Passing

# -- commands ---------------------------------------------------------------------------------------------------------


class ChangeProfile(Writes, frozen=True, kw_only=True):
    """Change one's own card; a field left out (null) stays. An empty `avatar` removes the picture."""

    name = "profile.change"
    display_name: Name | None = None
    about: About | None = None
    avatar: FileIdOrEmpty | None = None


class RevokeDevice(Writes, frozen=True, kw_only=True):
    """Sign out one of one's own devices."""

    name = "device.revoke"
    device: DeviceId


class RenameDevice(Writes, frozen=True, kw_only=True):
    """Call one of one's own devices something that one knows it by."""

    name = "device.rename"
    device: DeviceId
    device_name: Annotated[Label, Meta(min_length=1)]


class AllowClaim(Asks, frozen=True, kw_only=True):
    """Say yes or no to a device that says "That's me". On a yes the server itself adds the device."""

    name = "claim.allow"
    claim: ClaimId
    allow: bool


class BlockPerson(Writes, frozen=True, kw_only=True):
    """Hear no more of a person in the conversation with them, neither messages nor rings, and hide from them."""

    name = "person.block"
    person: PersonId


class UnblockPerson(Writes, frozen=True, kw_only=True):
    """Take that back."""

    name = "person.unblock"
    person: PersonId


class RemovePerson(Writes, frozen=True, kw_only=True):
    """The host removes a person: every device signed out, the name kept."""

    name = "person.remove"
    person: PersonId


class JoinHouse(Inner, frozen=True, kw_only=True):
    """A newcomer with their first device.

    `invitation` is the SHA-256 of the code they brought, empty when none was needed. `host` is None where the first to
    join is the host.
    """

    name = "person.join"
    person: PersonId
    display_name: Name
    invitation: DigestOrEmpty
    device: DeviceId
    device_name: Label
    device_kind: DeviceKind = ""
    token: Digest
    host: bool | None = None


class NameHost(Inner, frozen=True, kw_only=True):
    """This person is the host from now on, as the command line said."""

    name = "host.name"
    person: PersonId


class AddDevice(Inner, frozen=True, kw_only=True):
    """Another device for a person who already is one."""

    name = "device.add"
    person: PersonId
    device: DeviceId
    device_name: Label
    device_kind: DeviceKind = ""
    token: Digest


class MakeInvitation(Inner, frozen=True, kw_only=True):
    """A new invitation: for the house (`many`, and every older `many` one ends) or for one person (`one`)."""

    name = "invitation.make"
    invitation: Digest
    kind: Literal["many", "one"]
    expires_at: Milliseconds


# -- events -----------------------------------------------------------------------------------------------------------


class PersonChanged(Logged, frozen=True, kw_only=True):
    """In the directory: a person's whole card as it now is."""

    name = "person.changed"
    person: PersonId
    display_name: str
    about: str = ""
    avatar: str = ""
    host: bool = False
    removed: bool = False


class DeviceAdded(Logged, frozen=True, kw_only=True):
    """In the person's own conversation. `token` is the SHA-256 of a 256-bit secret, so knowing it opens nothing."""

    name = "device.added"
    person: PersonId
    device: DeviceId
    device_name: str
    token: Digest
    kind: DeviceKind = ""


class DeviceChanged(Logged, frozen=True, kw_only=True):
    """In the person's own conversation: what this device is called from now on."""

    name = "device.changed"
    person: PersonId
    device: DeviceId
    device_name: str


class DeviceRevoked(Logged, frozen=True, kw_only=True):
    """In the person's own conversation: this device is signed out for good."""

    name = "device.revoked"
    person: PersonId
    device: DeviceId


class BlockChanged(Logged, frozen=True, kw_only=True):
    """In the own conversation of who blocks: `author` blocked `person`, or no longer does."""

    name = "block.changed"
    person: PersonId
    blocked: bool


class InvitationMade(Logged, frozen=True, kw_only=True):
    """In the house's log: `invitation` is the SHA-256 of the code. A `many` one ends those before it."""

    name = "invitation.made"
    invitation: Digest
    kind: Literal["many", "one"]
    expires_at: Milliseconds


class InvitationSpent(Logged, frozen=True, kw_only=True):
    """In the house's log: it works no longer. Somebody joined by it, or, of the house's own, somebody was removed."""

    name = "invitation.spent"
    invitation: Digest
    person: PersonId


class ClaimAsked(Passing, frozen=True, kw_only=True):
    """To a person's own devices: a device says "That's me". Asked again at every `hello` while it stands.

    `by` says how it came to ask: by the person's name, which anybody knows, or by the code a device of theirs showed.
    """

    name = "claim.asked"
    claim: ClaimId
    device_name: str
    code: str
    expires_at: Milliseconds
    by: Literal["name", "code"] = "name"


class ClaimSettled(Passing, frozen=True, kw_only=True):
    """To a person's own devices: that claim was answered, stop asking."""

    name = "claim.settled"
    claim: ClaimId


class OfferEnded(Passing, frozen=True, kw_only=True):
    """To the device that shows a code for another one: somebody came by it, or it was typed wrong too often."""

    name = "offer.ended"
    reason: Literal["used", "wrong"]
