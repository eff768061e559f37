# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "tornado==6.6.1",
#     "msgpack==1.2.4",
#     "msgspec==0.22.0",
#     "aiortc==1.16.0",
#     "cffi==2.1.1",
#     "cryptography==50.0.2",
#     "zeroconf==0.154.0",
#     "ifaddr==0.2.0",
#     "segno==1.6.6",
#     "Pillow==13.0.0",
#     "pillow-heif==1.8.1",
#     "pypdfium2==5.15.2",
#     "pywebpush==2.5.0",
#     "confusable-homoglyphs==3.3.1",
#     "prometheus_client==0.26.0",
#     "psycopg==3.3.9",
#     "psycopg-binary==3.3.9; platform_machine in 'x86_64 AMD64 aarch64 arm64'",
#     "redis==8.1.0",
# ]
# ///
"""Parley's entry: settings, then store, chat and handlers are built in that order; it drains on SIGTERM.

A newcomer's first mistake is to print or raise at people: whatever they must put right leaves here as one sentence and
the next step, with exit code 2.
"""

import asyncio
import gc
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

try:
    from calls.unit import HOSTS
    from chat.attending import follow_attendees
    from chat.connection import Greeting
    from chat.devices import follow_devices
    from chat.dispatch import Registry, tell_event
    from chat.echo import follow_echoes
    from chat.floor import follow_floors
    from chat.forwarding import follow_media
    from chat.media import ForwardingUnit, Port
    from chat.people import name_host
    from chat.presence import follow
    from chat.pushing import follow_pushes
    from chat.retention import Retention
    from chat.ringing import take_up_standing
    from chat.rooms import ensure_everyone
    from chat.status import take_up_statuses
    from handlers import Given, make_app
    from handlers.codes import DeviceCodes, house_secret
    from handlers.crowd import Crowd, allow_many_files
    from handlers.door import Door, Names, Rates
    from handlers.host import note_running, require_house, run_errand
    from handlers.invitations import HouseInvitation
    from handlers.leaving import drain, hear_goodbye
    from handlers.listening import CannotListen, Listening, cannot_listen
    from handlers.logs import begin_logging
    from handlers.metrics import make_metrics_app
    from handlers.notes import node_word
    from handlers.rounds import longest_round, new_loop
    from handlers.settings import CannotUse, Settings, make_folders, read_settings
    from handlers.shell import Shell
    from handlers.trust import make_trust_app
    from handlers.turn import turn_servers
    from handlers.tus import Files
    from handlers.vitals import Vitals
    from handlers.welcome import log_welcome, say_welcome
    from handlers.whereabouts import Whereabouts
    from protocol.errors import Refusal
    from store import Store
    from store.backups.daily import Backups, Habit
    from store.backups.making import Source
    from store.backups.offering import offer, require_no_lost_house
    from store.bus.choosing import choose_bus
    from store.bus.signing import Signed, bus_key
    from store.durable import CannotStart, Damaged, NotYet
    from store.durable.choosing import choose
    from store.leftovers import Leftovers
    from store.pulse import Pulse
    from store.push.post import Post
    from store.push.sending import Sender
    from store.push.vapid import server_key
    from store.quotas import Quotas
    from store.search import Search
    from store.uploads import Settings as FileSettings
    from store.uploads import Uploads
    from store.wholeness import Wholeness
    from trust import TrustError
except ModuleNotFoundError as missing:
    then = "Start with: python3 scripts/start.py"
    if sys.prefix != sys.base_prefix:  # .venv of an older Python, as after an update of the system
        needed = Path(__file__).resolve().with_name("requirements.txt")
        anew = f"python3 -m venv --clear {sys.prefix} && {sys.executable} -m pip install -r {needed}"
        then = f"Make its environment anew, then start again: {anew}"
    print(f"{missing.name} is not installed for this Python {sys.version.split()[0]}. {then}", file=sys.stderr)
    sys.exit(2)

GARBAGE_ROUNDS = 5000, 5, 50
"""See gc.set_threshold: new objects, rounds of the young, rounds of the middle-aged. A round of all takes a second
where 10,000 devices are connected, and finds little: a line that ended holds itself no longer."""


def main() -> int:
    """Run until told to leave: 0. What cannot be done is one sentence: 2, and 1 where trying again may help."""
    settings = read_settings()
    begin_logging(settings.log_level, settings.log_format)
    try:
        if settings.is_errand:
            require_house(settings)
        make_folders(settings)
        with asyncio.Runner(loop_factory=new_loop) as runner:
            runner.run(run_errand(settings, make_store) if settings.is_errand else serve(settings))
    except Damaged as reason:
        print(reason, offer(settings.backup_folders(), settings.data, settings.certs), file=sys.stderr)
        return 2
    except (CannotListen, CannotStart, CannotUse, TrustError, Refusal) as reason:
        print(reason, file=sys.stderr)
        return 1 if isinstance(reason, NotYet) else 2
    return 0


async def serve(settings: Settings) -> None:
    """Everything from opening the store to closing it."""
    goodbye = hear_goodbye()
    store = make_store(settings)
    store.turn = turn_servers(settings)
    await store.start()
    async with AsyncExitStack() as leaving:
        leaving.push_async_callback(store.close)
        files = await open_files(settings, store, leaving)
        open_vitals(settings, store, files, leaving)
        where = Whereabouts(settings, store.newest_at)
        given = give(settings, store, files, where)
        follow(store)
        follow_devices(store)
        follow_pushes(store)
        take_up_standing(store)
        follow_attendees(store)
        follow_echoes(store)
        follow_floors(store)
        follow_media(store)
        await open_calls(settings, store, where, leaving)
        take_up_statuses(store)
        retention = Retention(store, settings.keep_messages)
        leaving.push_async_callback(retention.close)
        retention.start()
        await ensure_everyone(store)
        await name_host(store, settings.host_person)
        crowd = Crowd(trusted=settings.proxy, files=allow_many_files())
        secure = Listening(make_app(given), settings.address, settings.port, where.context, crowd)
        plain = Listening(make_trust_app(where.entrance()), settings.address, settings.http_port, crowd=crowd)
        leaving.callback(note_running(settings, where).unlink, missing_ok=True)
        leaving.push_async_callback(where.stop)
        await where.start()
        code, _ = await given.house.current()
        spare_garbage_rounds()
        if settings.log_format == "json":
            log_welcome(where)
        else:
            say_welcome(where, code, is_open=settings.open)
        await goodbye.wait()
        await drain(store, (plain, secure))


def spare_garbage_rounds() -> None:
    """What is there by now stays: looking through it again and again for garbage took a tenth of a send's CPU."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE_ROUNDS)


async def open_calls(settings: Settings, store: Store, where: Whereabouts, leaving: AsyncExitStack) -> None:
    """The port of calls in rooms. Raises CannotListen."""
    hosts = [settings.address] if settings.address else HOSTS
    port = Port(settings.call_port, hosts, lambda: settings.call_address or where.addresses())
    unit = ForwardingUnit(store, port, apart=settings.calls_process)
    try:
        await unit.open()
    except OSError as error:
        raise cannot_listen(settings.address, settings.call_port, "--call-port", error) from None
    where.moved = unit.moved
    leaving.push_async_callback(unit.close)


def make_store(settings: Settings) -> Store:
    """The store that was chosen, not yet started. Raises CannotStart, also where a lost house would be begun anew."""
    if settings.store == "sqlite":
        require_no_lost_house(settings.data, settings.backup_folder())
    bus = choose_bus(settings.bus)
    if bus is not None:
        bus = Signed(bus, bus_key(house_secret(settings.data / "secret")))
    durable = choose(settings.store, settings.data, now, settings.own if bus else None)
    sender = Sender(server_key(settings.data / "push.key", settings.push_contact), now, settings.push_host)
    post = Post(sender.public, sender.send, now)
    search = Search(None if settings.forgets else settings.own / "search.db")
    return Store(durable, Registry(), tell_event, now, bus, post=post, search=search)


@contextmanager
def files_folder(settings: Settings) -> Iterator[Path]:
    """Where files go: they last as long as the messages that hold them."""
    if not settings.forgets:
        yield settings.data
        return
    with TemporaryDirectory(prefix="parley-") as folder:
        yield Path(folder)


async def open_files(settings: Settings, store: Store, leaving: AsyncExitStack) -> Files:
    """What came, what of it goes again, and how much of it one person may have."""
    folder = leaving.enter_context(files_folder(settings))
    unfinished = folder / "uploads" / node_word(settings.own) if settings.bus else None
    uploads = Uploads(
        folder, store.keep, store.clock, settings=FileSettings(margin=settings.keep_free), unfinished=unfinished
    )
    await uploads.start()
    leaving.push_async_callback(uploads.close)
    leftovers = Leftovers(store, uploads)
    leftovers.start()
    leaving.push_async_callback(leftovers.close)
    return Files(uploads, leftovers, Quotas(store, uploads, settings.quota))


def open_vitals(settings: Settings, store: Store, files: Files, leaving: AsyncExitStack) -> None:
    """Backups, the pulse of the loop, a look through the database, and the port where all are told.

    Only SQLite's store is backed up and looked through from here.
    """
    has_file = settings.store == "sqlite"
    source = Source(settings.data, settings.certs, settings.keep_free)
    backups = Backups(source, Habit(settings.backup_folder(), settings.backups if has_file else 0), store.clock)
    pulse = Pulse(longest=longest_round(asyncio.get_running_loop()))
    wholeness = Wholeness(source.database, lambda: offer(settings.backup_folders(), settings.data, settings.certs))
    for one in (backups, pulse):
        leaving.push_async_callback(one.close)
        one.start()
    if has_file:
        leaving.push_async_callback(wholeness.close)
        wholeness.start()
    vitals = Vitals(store, files.uploads, backups, pulse, wholeness, settings.data, store.clock)
    store.checks = vitals.checks() | (store.nodes.checks() if store.nodes else {})
    if settings.metrics_port:
        app, address = make_metrics_app(vitals, settings.metrics_address), settings.metrics_address
        metrics = Listening(app, address, settings.metrics_port, flag="--metrics-port")
        leaving.push_async_callback(metrics.close)
        leaving.callback(metrics.stop)


def give(settings: Settings, store: Store, files: Files, where: Whereabouts) -> Given:
    """What the handlers share."""
    secret = house_secret(settings.data / "secret")
    shell = Shell()
    names = Names(where.hosts, settings.port, settings.host)
    return Given(
        store=store,
        door=Door(
            store,
            names,
            Rates(settings.rate, settings.join_rate, settings.sockets),
            settings.allow_origin,
            settings.proxy,
        ),
        files=files,
        codes=DeviceCodes(secret, store),
        house=HouseInvitation(store, where.links, settings.data / "invitation"),
        device_links=partial(where.links, kind="device"),
        hosts=where.hosts,
        greeting=Greeting(
            page=lambda: shell.version, ice_servers=settings.ice_servers(), keep_days=settings.keep_messages
        ),
        shell=shell,
        secret=secret,
        is_open=settings.open,
        host_person=settings.host_person,
    )


def now() -> int:
    """Milliseconds since the epoch."""
    return time.time_ns() // 1_000_000


if __name__ == "__main__":
    sys.exit(main())
