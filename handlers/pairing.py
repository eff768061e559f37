"""Pairing over HTTP: the first device asks for a code to show; the new one brings it to `/api/session`."""

from collections.abc import Callable
from http import HTTPStatus

from chat.pairing import Pairing
from handlers.base import Base
from handlers.door import Door
from store import Store
from trust import qr_svg


class NewDevice(Base):
    """`/api/devices/code`, for who is signed in."""

    def initialize(  # type: ignore[override]
        self, store: Store, door: Door, pairing: Pairing, links: Callable[[str], list[str]]
    ) -> None:
        """Given by the route table."""
        super().initialize(store, door)
        self._pairing = pairing
        self._links = links

    def post(self) -> None:
        """A new code, as a picture to scan, as links, and as letters to type. The one before ends."""
        who = self.require_who()
        self.door.commands.take(who.device)
        made = self._pairing.offer(who)
        links = self._links(made.secret)
        self.answer(
            {
                "typed": made.code,
                "links": links,
                "qr": qr_svg(links[0]),
                "expires_at": made.expires_at,
                "now": self.store.clock(),
            },
            HTTPStatus.CREATED,
        )

    def delete(self) -> None:
        """The code is shown no longer."""
        self._pairing.withdraw(self.require_who())
        self.set_status(HTTPStatus.NO_CONTENT)
