"""HTTP: who asks, what they may, and which handler answers. This file is the route table, and there is no other.

Handlers are given what they name; nothing here decides anything that chat/ should.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tornado.web import Application

from chat.connection import Greeting
from chat.pairing import Pairing
from handlers.base import NoSuch
from handlers.codes import DeviceCodes
from handlers.door import Door
from handlers.export import Export, Exports
from handlers.frames import Frames, Twins
from handlers.health import Health
from handlers.host import Host
from handlers.invitations import HouseInvitation, Invitations
from handlers.pairing import NewDevice
from handlers.push import Push
from handlers.rest import Messages, Users
from handlers.session import ClaimedSession, Session
from handlers.shell import Manifest, Page, Shell
from handlers.socket import Socket
from handlers.trust import Trusted
from handlers.tus import Files
from handlers.uploads import NewUpload, OneFile, Thumbnail
from store import Store

PING_SECONDS = 18
PONG_SECONDS = 18  # so a half-open connection is gone within 45 s, also on a machine that is late


@dataclass(frozen=True)
class Given:
    """What server.py has built, for the handlers to share."""

    store: Store
    door: Door
    files: Files
    codes: DeviceCodes
    house: HouseInvitation
    device_links: Callable[[str], list[str]]
    hosts: Callable[[], Sequence[str]]
    greeting: Greeting
    shell: Shell
    secret: str
    is_open: bool
    host_person: str


def make_app(given: Given) -> Application:
    """The application of the secure port."""
    both: dict[str, Any] = {"store": given.store, "door": given.door}
    pairing = Pairing(given.store)
    entry = both | {
        "codes": given.codes,
        "pairing": pairing,
        "is_open": given.is_open,
        "host_person": given.host_person,
    }
    files = both | {"files": given.files}
    lines = both | {"greeting": given.greeting}
    return Application(
        [
            (r"/ws", Socket, lines),
            (r"/api/frames", Frames, lines | {"twins": Twins(given.store)}),
            (r"/api/session", Session, entry),
            (r"/api/session/claim", ClaimedSession, entry),
            (r"/api/devices/code", NewDevice, both | {"pairing": pairing, "links": given.device_links}),
            (r"/api/export", Export, both | {"uploads": given.files.uploads, "exports": Exports(given.store)}),
            (r"/api/users", Users, both),
            (r"/api/messages/([^/]+)", Messages, both),
            (r"/api/invitations", Invitations, both | {"house": given.house}),
            (r"/api/host", Host, both | {"house": given.house, "secret": given.secret}),
            (r"/api/files", NewUpload, files),
            (r"/api/files/(f[a-z2-7]{26})", OneFile, files),
            (r"/api/files/(f[a-z2-7]{26})/(thumbnail|preview)", Thumbnail, files),
            (r"/api/push", Push, both),
            (r"/api/.*", NoSuch, both),
            (r"/health", Health, both | {"secret": given.secret}),
            (r"/trusted", Trusted, {"hosts": given.hosts}),
            (r"/manifest\.webmanifest", Manifest, both | {"codes": given.codes}),
            (r"/(.*)", Page, both | {"shell": given.shell}),
        ],
        websocket_ping_interval=PING_SECONDS,
        websocket_ping_timeout=PONG_SECONDS,
        websocket_max_message_size=1024 * 1024,  # ours is 64 KiB, refused by the codec in words
        log_function=lambda _: None,
    )
