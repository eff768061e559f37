"""A word from the command line to the server that runs: a new invitation, letting a device in, removing a person.

Who may read the house's secret in the data folder is the host. The word goes over TLS to this machine's own address.
"""

import hmac
import json
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPSHandler, ProxyHandler, Request, build_opener

from chat import claims
from chat.dispatch import SERVER, perform
from chat.ids import new_nonce
from chat.names import name_keys
from handlers.base import Base
from handlers.codes import house_secret
from handlers.door import Door
from handlers.invitations import HouseInvitation
from handlers.notes import read_note, write_note
from handlers.session import text_of
from handlers.settings import CannotUse, Settings
from handlers.welcome import say_invitation
from handlers.whereabouts import Whereabouts
from protocol.commands import AllowClaim, RemovePerson
from protocol.errors import Refusal
from store import Store
from store.backups.ownership import give, give_files, owner_of
from store.durable.schema import BOUND, DATABASE
from store.rows import Person

RUNNING = "running.json"
HOUSE = (DATABASE, BOUND, "secret")  # of the data folder: each tells of a house, for another may be what is gone


class Host(Base):
    """`POST /api/host`, with the house's secret as Bearer."""

    def initialize(  # type: ignore[override]
        self, store: Store, door: Door, house: HouseInvitation, secret: str
    ) -> None:
        """Given by the route table."""
        super().initialize(store, door)
        self._house = house
        self._secret = secret

    async def post(self) -> None:
        """`{"invite": true}`, `{"allow": name}` or `{"remove": name}`; the answer is a sentence, and links if any."""
        if not hmac.compare_digest((self.bearer() or "").encode(), self._secret.encode()):
            raise Refusal("not-allowed", "Only the host's command line may do that.")
        body = self.body_json()
        self.answer(await do_errand(body, self.store, self._house))


async def do_errand(body: dict[str, Any], store: Store, house: HouseInvitation) -> dict[str, Any]:
    """Do what the command line asked."""
    if body.get("invite"):
        code, expires_at = await house.renew()
        return {"said": "A new invitation; the one before has ended.", "links": house.links(code), "until": expires_at}
    if name := text_of(body, "allow", most=80):
        return await _allow(named(store, name), store)
    if name := text_of(body, "remove", most=80):
        person = named(store, name)
        await store.write(RemovePerson(nonce=new_nonce(), person=person.id), SERVER)
        return {"said": f"{person.name} has been removed; all their devices are signed out."}
    raise Refusal("bad-field", "Expected invite, allow or remove.")


async def _allow(person: Person, store: Store) -> dict[str, Any]:
    waiting = claims.standing(store, person.id)
    if len(waiting) != 1:
        found = "Nobody waits" if not waiting else f"{len(waiting)} devices wait"
        raise Refusal("not-found", f"{found} to be let in as {person.name}. Ask them to try again, then repeat this.")
    await perform(AllowClaim(claim=waiting[0].id, allow=True), SERVER, store)
    return {"said": f"{waiting[0].device_name} (code {waiting[0].code}) has been let in as {person.name}."}


def named(store: Store, name: str) -> Person:
    """The person of a name, as the command line writes it. Raises Refusal `not-found`."""
    people = store.view().people(name_keys(name)[0])
    if not people or people[0].removed:
        raise Refusal("not-found", f"Nobody here is called {name}.")
    return people[0]


def note_running(settings: Settings, where: Whereabouts) -> Path:
    """Leave word in this server's own folder where this server listens, and answer that file."""
    path = settings.own / RUNNING
    url = where.entrance().secure(settings.address or "127.0.0.1")
    trusts = where.certificate.pair.chain.resolve()
    write_note(path, json.dumps({"url": f"{url}/api/host", "trusts": str(trusts)}))
    return path


def require_house(settings: Settings) -> None:
    """Before a word is said. Raises CannotUse where no server has been: it would begin a house that nobody uses."""
    if not settings.forgets and not any((settings.data / name).exists() for name in HOUSE):
        raise CannotUse(
            f"There is no house in {settings.data}. Say with --data where it is, and with --certs where its keys are; "
            f"a new house begins with its first start."
        )


async def run_errand(settings: Settings, make_store: Callable[[Settings], Store]) -> None:
    """Say it to the server that runs on this data, or do it here when none does. Raises Refusal.

    Root may say it for a server that runs as somebody else, to whom what was written belongs.
    """
    try:
        await _run_errand(settings, make_store)
    finally:
        whose = owner_of(settings.data)
        for folder in {settings.data, settings.own}:
            give_files(folder, whose)
        if settings.certs.is_dir():
            give(settings.certs, owner_of(settings.certs))


async def _run_errand(settings: Settings, make_store: Callable[[Settings], Store]) -> None:
    words = {"invite": settings.invite, "allow": settings.allow, "remove": settings.remove}
    said = _ask_running(settings, words)
    if said is None and settings.forgets:
        raise CannotUse(
            f"No Parley runs on {settings.data}, and --store memory keeps no word for later. Start it first."
        )
    if said is None:
        store = make_store(settings)
        await store.start()
        try:
            where = Whereabouts(settings, store.newest_at)
            said = await do_errand(words, store, HouseInvitation(store, where.links, settings.data / "invitation"))
        finally:
            await store.close()
    if links := said.get("links"):
        say_invitation(links)
    print(said["said"])


def pinned(trusts: str) -> ssl.SSLContext:
    """Trusts the very certificate of this file. Raises OSError when it is gone or damaged."""
    context = ssl.create_default_context(cafile=trusts)
    context.check_hostname = False  # any of its names may be ours
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    # From Python 3.13 on it is set, and an authority made by hand, without the extension of key usage, is refused
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context


def _ask_running(settings: Settings, words: dict[str, object]) -> dict[str, Any] | None:
    """The running server's answer; None when no server runs."""
    try:
        running = json.loads(read_note(settings.own / RUNNING))
        context = pinned(running["trusts"])
    except (OSError, ValueError):  # no note, or the certificate it names is gone or damaged
        return None
    secret = house_secret(settings.data / "secret")
    request = Request(
        running["url"],
        data=json.dumps(words).encode(),
        headers={"Authorization": f"Bearer {secret}", "Content-Type": "application/json", "X-Parley": "1"},
    )
    try:
        with build_opener(ProxyHandler({}), HTTPSHandler(context=context)).open(request, timeout=10) as answer:
            return dict(json.load(answer))
    except HTTPError as error:
        said = json.load(error)
        raise Refusal(said["code"], said["message"]) from None
    except OSError:  # URLError is one, too: nobody is there
        return None
