"""Invitations over HTTP: the host's page makes them and shows them as a code to scan."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from chat.dispatch import SERVER
from chat.ids import new_nonce
from chat.invitations import LIFETIME_MS, digest, new_code, require_standing
from chat.visibility import HOUSE
from handlers.base import Base
from handlers.door import Door
from handlers.notes import read_note, write_first_note, write_note
from protocol.commands import MakeInvitation
from protocol.errors import Refusal
from store import Store
from trust import qr_svg


@dataclass(frozen=True)
class HouseInvitation:
    """The house's own code. Only its digest is in the log; the code itself stands in `file`, for the host to show."""

    store: Store
    links: Callable[[str], list[str]]
    file: Path

    async def current(self) -> tuple[str, int]:
        """The standing code and when it ends, made anew when there is none."""
        if standing := self._standing():
            return standing
        await self.store.catch_up()  # another server may have made one a moment ago
        if standing := self._standing():
            return standing
        if self.store.nodes is not None and self.store.view().conversation(HOUSE) is None:
            return await self._begin()
        return await self.renew()

    async def renew(self) -> tuple[str, int]:
        """A new code; the one before ends."""
        code, expires_at = await self.make("many")
        write_note(self.file, code)
        return code, expires_at

    async def make(self, kind: str, code: str = "") -> tuple[str, int]:
        """A code of a kind, a fresh one where none is given, and when it ends."""
        code, expires_at = code or new_code(), self.store.clock() + LIFETIME_MS
        command = MakeInvitation(
            nonce=new_nonce(),
            invitation=digest(code),
            kind="one" if kind == "one" else "many",
            expires_at=expires_at,
        )
        await self.store.write(command, SERVER)
        return code, expires_at

    def _standing(self) -> tuple[str, int] | None:
        code = read_note(self.file)
        try:
            return code, require_standing(digest(code), self.store.view()).expires_at
        except Refusal:
            return None

    async def _begin(self) -> tuple[str, int]:
        """The first of the house. Servers that begin at once make the same one, whichever of them wrote it down."""
        write_first_note(self.file, new_code())
        return await self.make("many", read_note(self.file))


class Invitations(Base):
    """`/api/invitations`, for the host."""

    def initialize(self, store: Store, door: Door, house: HouseInvitation) -> None:  # type: ignore[override]
        """Given by the route table."""
        super().initialize(store, door)
        self._house = house

    async def get(self) -> None:
        """The standing one of the house."""
        self._require_host()
        self._show(*await self._house.current(), HTTPStatus.OK)

    async def post(self) -> None:
        """A new one: `{"kind": "many"}` replaces the house's, `{"kind": "one"}` is for one person."""
        self._require_host()
        kind = self.body_json().get("kind", "one")
        if kind not in ("one", "many"):
            raise Refusal("bad-field", "kind: expected one or many.", field="kind")
        made = await (self._house.renew() if kind == "many" else self._house.make("one"))
        self._show(*made, HTTPStatus.CREATED)

    def _require_host(self) -> None:
        person = self.store.shelves.people.get(self.require_who().person)
        if person is None or not person.host:
            raise Refusal("not-allowed", "Only the host may invite people.")

    def _show(self, code: str, expires_at: int, status: int) -> None:
        links = self._house.links(code)
        self.answer({"code": code, "links": links, "qr": qr_svg(links[0]), "expires_at": expires_at}, status)
