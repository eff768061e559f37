"""Whereabouts: the names and addresses this server has right now, the certificate that covers them, and the ways in.

Addresses change while the server runs: everything here is asked anew, and the certificate follows by itself.
"""

import logging
from collections.abc import Callable

from handlers.door import LOCAL
from handlers.notes import read_note, write_note
from handlers.settings import Settings
from handlers.spelling import is_address
from handlers.trust import Entrance
from trust import Announcement, Household, Machine, OwnCertificate, Watch, open_household, present, read_machine
from trust.hosts import distinct

FIRST_NAME = "parley.local"

log = logging.getLogger("parley.whereabouts")


class Whereabouts:
    """Where this server is, from before it listens until it leaves. Raises TrustError with a sentence for people."""

    def __init__(self, settings: Settings, newest_at: int) -> None:
        self._settings = settings
        self._newest_at = newest_at
        self._name_file = settings.data / "name"
        self._remembered = read_note(self._name_file)
        self._machine = read_machine()
        self._announcement: Announcement | None = None
        self._watch: Watch | None = None
        self.moved: Callable[[], None] = lambda: None
        """Called when the addresses may be others."""
        self.certificate = self._certificate()
        self.context = self.certificate.context()

    @property
    def name(self) -> str:
        """The mDNS name: the one announced now, else the one taken in an earlier life, else the usual one."""
        announced = self._announcement.name if self._announcement else None
        return announced or self._remembered or FIRST_NAME

    def hosts(self) -> list[str]:
        """Everything this server answers to."""
        return [*self._machine.hosts(self.name, self._settings.host), *self._listening(), *self._certified()]

    def addresses(self) -> list[str]:
        """The addresses among them, as numbers, for what knows no names: of this machine's own those it listens on.

        A browser tries one after another, 50 ms apart, and each at which nobody listens makes it wait. Where it listens
        at a name, that is not looked up, and all are answered.
        """
        heard = [host for host in self._listening() if is_address(host)]
        if not heard:
            return [host for host in distinct(self.hosts()) if is_address(host)]
        here = set(self._machine.hosts(self.name, []))
        named = [host for host in distinct(self._certified()) if host not in here]
        return [host for host in distinct([*self._settings.host, *heard, *named]) if is_address(host)]

    def shown(self) -> list[str]:
        """What people are told, best first. A certificate of one's own decides: under other names it is an alarm."""
        name = self._announcement.name if self._announcement else None
        asked, own = self._settings.host, self._certified()
        reached = [*asked, *self._listening()] if self._listening() else self._machine.shown(name, asked)
        named = [*asked, *(host for host in own if host not in LOCAL), *reached]
        fit = [host for host in dict.fromkeys(named) if self.certificate.covers(host)]
        return fit if own and fit else reached

    def links(self, code: str, kind: str = "invite") -> list[str]:
        """Where an invitation, or a code for a second device, leads.

        First to the page that helps a phone trust this server, which hands the fragment on; then straight in.

        That one goes by address, as a phone that was never here may not find the name.
        """
        hosts, entrance = self.shown(), self.entrance()
        addresses = [host for host in hosts if host.replace(".", "").isdigit()]
        plain = [entrance.plain(host) for host in (addresses[:1] or hosts[:1]) if self.certificate.authority]
        secure = [entrance.secure(host) for host in hosts]
        return [f"{link}/#{kind}={code}" for link in [*plain, *secure]]

    def entrance(self) -> Entrance:
        """What the plain page needs to know."""
        return Entrance(
            certificate=self.certificate,
            hosts=self.hosts,
            shown=self.shown,
            plain_port=self._settings.http_port,
            secure_port=self._settings.port,
            now=lambda: round(present(self._newest_at).timestamp() * 1000),
        )

    async def start(self) -> None:
        """Announce the name and begin to watch for changes."""
        if self._settings.mdns and not self._settings.address:
            self._announcement = Announcement(self._settings.port, remembered=self._remembered or None)
            await self._follow()
        self._watch = Watch(
            self.certificate,
            hosts=self._look,
            now=lambda: present(self._newest_at),
            changed=lambda: self.certificate.load_into(self.context),
            then=self._follow,
        )
        self._watch.start()
        self._watch.look()

    async def stop(self) -> None:
        """Take back what was announced."""
        if self._watch is not None:
            await self._watch.stop()
        if self._announcement is not None:
            await self._announcement.stop()

    async def _follow(self) -> None:
        """Announce the addresses of now, and keep the name first taken for good."""
        self.moved()
        if self._announcement is None:
            return
        await self._announcement.follow(self._machine.addresses)
        if self._announcement.name and not self._name_file.exists():
            write_note(self._name_file, self._announcement.name)

    def _look(self) -> list[str]:
        self._machine = read_machine()
        return self._wanted(self._machine)

    def _wanted(self, machine: Machine) -> list[str]:
        return [*machine.hosts(self.name, self._settings.host), *self._listening()]

    def _listening(self) -> list[str]:
        return [self._settings.address] if self._settings.address else []

    def _certified(self) -> list[str]:
        """The names of a certificate of one's own; wildcards name nobody."""
        if self.certificate.authority:
            return []
        return [host for host in self.certificate.hosts if "*" not in host]

    def _certificate(self) -> Household | OwnCertificate:
        settings, now = self._settings, present(self._newest_at)
        if settings.cert and settings.key:
            return OwnCertificate(settings.cert, settings.key, now)
        machine = self._machine
        return open_household(
            settings.certs, label=machine.label, hosts=self._wanted(machine), asked=settings.host, now=now
        )
