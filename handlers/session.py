"""Sessions: joining with a name, "That's me", moving into the installed app, and signing out.

A browser gets a cookie that no script can read; a program that says so gets the token itself.
"""

from http import HTTPStatus
from typing import Any, Literal

from chat import claims
from chat.conversations import card
from chat.dispatch import SERVER
from chat.ids import id_from, new_id, new_nonce, new_token, nonce_from
from chat.invitations import digest
from chat.names import clean_name, name_keys
from chat.pairing import LIFETIME_MS, Pairing
from handlers.base import COOKIE, Base
from handlers.codes import DeviceCodes
from handlers.door import Door
from protocol.commands import AddDevice, JoinHouse, RevokeDevice
from protocol.errors import Refusal
from protocol.records import as_json
from protocol.shapes import DeviceKind
from store import Store
from store.rows import Claim, Person


class Entry(Base):
    """What joining and claiming share."""

    def initialize(  # type: ignore[override]
        self, store: Store, door: Door, codes: DeviceCodes, pairing: Pairing, is_open: bool, host_person: str
    ) -> None:
        """Given by the route table."""
        super().initialize(store, door)
        self._codes = codes
        self._pairing = pairing
        self._open = is_open
        self._host_person = host_person

    def welcome(self, device_id: str, token: str, *, as_program: bool) -> None:
        """201: who they now are, and the key in the form they asked for."""
        device = self.store.shelves.devices.get(device_id)
        person = self.store.shelves.people.get(device.person) if device else None
        if device is None or person is None:
            raise Refusal("signed-out", "This device has been signed out meanwhile.")
        body: dict[str, Any] = {"person": as_json(card(person)), "device": device.id}
        if as_program:
            body["token"] = token
        else:
            self.give_cookie(token)
        self.answer(body, HTTPStatus.CREATED)

    def device(self, body: dict[str, Any]) -> dict[str, Any]:
        """What the device is called in the list of devices, and what it is."""
        agent = self.request.headers.get("User-Agent", "")
        name = text_of(body, "device_name", most=80).strip() or named_after(agent)
        return {"device_name": name, "device_kind": kind_of(agent)}


class Session(Entry):
    """`/api/session`."""

    def get(self) -> None:
        """Who this is; renews the cookie. A browser that is nobody yet hears so with 200: asking is no mistake."""
        person = self.store.shelves.people.get(self.who.person) if self.who else None
        if self.who is None or person is None:
            if self.bearer() is not None:
                raise Refusal("signed-out", "That token is nobody's, or was signed out.")
            self.answer({"person": None, "device": "", "epoch": self.store.epoch, "open": self._open, "host": False})
            return
        if self.bearer() is None and (token := self.get_cookie(COOKIE)):
            self.give_cookie(token)
        self.answer(
            {
                "person": as_json(card(person)),
                "device": self.who.device,
                "epoch": self.store.epoch,
                "open": self._open,
                "host": person.host,
            }
        )

    async def post(self) -> None:
        """Join, claim a name, come in by a device code, or ask to by what another device shows."""
        self.door.knock(self.address())
        body = self.body_json()
        as_program = body.get("token") is True
        if code := text_of(body, "code", most=400):
            await self._come_by_code(code, body, as_program=as_program)
        elif body.get("claim") is True:
            self._claim(body, self._named(clean_name(text_of(body, "username", most=400))).id)
        elif link := text_of(body, "link", most=100):
            self._claim(body, self._pairing.take_link(link).person, by="code")
        elif typed := text_of(body, "typed", most=40):
            self._claim(body, self._pairing.take_code(typed).person, by="code")
        else:
            await self._join(body, as_program=as_program)

    async def delete(self) -> None:
        """Sign out this device."""
        who = self.require_who()
        await self.store.write(RevokeDevice(nonce=new_nonce(), device=who.device), who)
        self.drop_cookie()
        self.set_status(HTTPStatus.NO_CONTENT)

    async def _join(self, body: dict[str, Any], *, as_program: bool) -> None:
        name = clean_name(text_of(body, "username", most=400))
        invite = text_of(body, "invite", most=200)
        if not invite and not self._open:
            raise Refusal(
                "invitation-needed", "Joining needs an invitation: scan the code of this house.", field="invite"
            )
        token, device = new_token(), new_id("d")
        await self.store.write(
            JoinHouse(
                nonce=new_nonce(),
                person=new_id("p"),
                display_name=name,
                invitation=digest(invite) if invite and not self._open else "",
                device=device,
                token=digest(token),
                **self.device(body),
                host=name_keys(name)[0] == name_keys(self._host_person)[0] if self._host_person else None,
            ),
            SERVER,
        )
        self.welcome(device, token, as_program=as_program)

    async def _come_by_code(self, code: str, body: dict[str, Any], *, as_program: bool) -> None:
        """An installed app starts with empty storage: its start address holds a code that adds it, once."""
        parent = self._codes.read(code)
        token, device = new_token(), id_from("d", code)
        await self.store.write(
            AddDevice(
                nonce=nonce_from(code),
                person=parent.person,
                device=device,
                token=digest(token),
                **self.device(body),
            ),
            SERVER,
        )
        row = self.store.shelves.devices.get(device)
        if row is None or row.token != digest(token):
            raise Refusal("expired", "That code has been used already.")
        self.welcome(device, token, as_program=as_program)

    def _claim(self, body: dict[str, Any], person: str, by: Literal["name", "code"] = "name") -> None:
        """Wait for a yes. Who brought a code is shown whose device they are about to be."""
        secret = new_token()
        claim = Claim(
            id=new_id("q"),
            person=person,
            device=new_id("d"),
            token=digest(secret),
            code=claims.new_pairing_code(),
            expires_at=self.store.clock() + (claims.LIFETIME_MS if by == "name" else LIFETIME_MS),
            address=self.address(),
            by=by,
            **self.device(body),
        )
        claims.make_claim(self.store, claim)
        said = {"claim": claim.id, "code": claim.code, "secret": secret, "expires_at": claim.expires_at}
        owner = self.store.shelves.people.get(person)
        named = {"username": owner.name} if owner and by == "code" else {}
        self.answer(said | named, HTTPStatus.ACCEPTED)

    def _named(self, name: str) -> Person:
        people = self.store.view().people(name_keys(name)[0])
        if not people or people[0].removed:
            raise Refusal("not-found", f"Nobody here is called {name}.", field="username")
        return people[0]


class ClaimedSession(Entry):
    """`/api/session/claim`: has somebody said yes?"""

    def post(self) -> None:
        """202 while nobody has answered; then 201 with the session, 403, or 410."""
        body = self.body_json()
        claim = self.store.claims.get(text_of(body, "claim", most=20))
        secret = text_of(body, "secret", most=200)
        if claim is None or claim.token != digest(secret):
            self.door.knock(self.address())
            raise Refusal("expired", "Nobody answered in time. Please ask again.")
        if claim.allowed is False:
            raise Refusal("not-allowed", "That was refused on the other device.")
        if claim.allowed:
            self.welcome(claim.device, secret, as_program=body.get("token") is True)
        elif claim.expires_at <= self.store.clock():
            raise Refusal("expired", "Nobody answered in time. Please ask again.")
        else:
            self.answer({"waiting": True}, HTTPStatus.ACCEPTED)


def text_of(body: dict[str, Any], field: str, *, most: int) -> str:
    """A text of the body, empty when it is not there. Raises Refusal `bad-field`."""
    value = body.get(field, "")
    if not isinstance(value, str) or len(value) > most:
        raise Refusal("bad-field", f"{field}: expected a text of at most {most} characters.", field=field)
    return value


def kind_of(user_agent: str) -> DeviceKind:
    """What a device is, for its picture in the list, from what its browser says of itself."""
    kinds: tuple[tuple[str, DeviceKind], ...] = (
        ("iPhone", "phone"),
        ("iPad", "tablet"),
        ("Android", "phone" if "Mobile" in user_agent else "tablet"),
        ("Mozilla/", "computer"),
    )
    return next((kind for mark, kind in kinds if mark in user_agent), "program")


def named_after(user_agent: str) -> str:
    """A device as people would call it, from what its browser says of itself."""
    kinds = (
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("CrOS", "Chromebook"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    )
    browsers = (("Firefox/", "Firefox"), ("Edg/", "Edge"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
    kind = next((said for mark, said in kinds if mark in user_agent), "")
    browser = next((said for mark, said in browsers if mark in user_agent), "")
    return ", ".join(part for part in (kind, browser) if part) or "A program"
