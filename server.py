# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "tornado==6.6.1",
#     "msgpack==1.2.4",
#     "msgspec==0.22.0",
#     "aiortc==1.16.0",
#     "cryptography==50.0.2",
#     "zeroconf==0.154.0",
#     "ifaddr==0.2.0",
#     "segno==1.6.6",
#     "Pillow==13.0.0",
#     "confusable-homoglyphs==3.3.1",
# ]
# ///
"""Parley's entry: settings, then store, chat and handlers are built in that order; it drains on SIGTERM.

A newcomer's first mistake is to print or raise at people: whatever they must put right leaves here as one sentence and
the next step, with exit code 2.
"""

import asyncio
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

try:
    from chat.connection import Greeting
    from chat.dispatch import Registry, tell_event
    from chat.people import name_host
    from chat.presence import follow
    from chat.ringing import take_up_standing
    from handlers import Given, make_app
    from handlers.codes import DeviceCodes, house_secret
    from handlers.crowd import Crowd, allow_many_files
    from handlers.door import Door, Names, Rates
    from handlers.host import note_running, run_errand
    from handlers.invitations import HouseInvitation
    from handlers.leaving import drain, hear_goodbye
    from handlers.listening import CannotListen, Listening
    from handlers.settings import CannotUse, Settings, make_folders, read_settings
    from handlers.shell import Shell
    from handlers.trust import make_trust_app
    from handlers.welcome import say_welcome
    from handlers.whereabouts import Whereabouts
    from protocol.errors import Refusal
    from store import Store
    from store.durable import CannotStart, Durable
    from store.durable.memory import Memory
    from store.durable.sqlite import Sqlite
    from store.uploads import Uploads
    from trust import TrustError
except ModuleNotFoundError as missing:
    print(f"{missing.name} is not installed for this Python. Start with: python3 scripts/start.py", file=sys.stderr)
    sys.exit(2)


def main() -> int:
    """Run until told to leave: 0. What cannot be done is one sentence: 2."""
    settings = read_settings()
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname).1s %(name)s: %(message)s")
    try:
        make_folders(settings)
        asyncio.run(run_errand(settings, make_store) if settings.is_errand else serve(settings))
    except (CannotListen, CannotStart, CannotUse, TrustError, Refusal) as reason:
        print(reason, file=sys.stderr)
        return 2
    return 0


async def serve(settings: Settings) -> None:
    """Everything from opening the store to closing it."""
    goodbye = hear_goodbye()
    store = make_store(settings)
    await store.start()
    async with AsyncExitStack() as leaving:
        leaving.push_async_callback(store.close)
        uploads = Uploads(leaving.enter_context(files_folder(settings)), store.keep, store.clock)
        await uploads.start()
        leaving.push_async_callback(uploads.close)
        where = Whereabouts(settings, store.newest_at)
        given = give(settings, store, uploads, where)
        follow(store)
        take_up_standing(store)
        await name_host(store, settings.host_person)
        crowd = Crowd(trusted=settings.proxy, files=allow_many_files())
        secure = Listening(make_app(given), settings.address, settings.port, where.context, crowd)
        plain = Listening(make_trust_app(where.entrance()), settings.address, settings.http_port, crowd=crowd)
        leaving.callback(note_running(settings, where).unlink, missing_ok=True)
        leaving.push_async_callback(where.stop)
        await where.start()
        code, _ = await given.house.current()
        say_welcome(where, code, is_open=settings.open)
        await goodbye.wait()
        await drain(store, (plain, secure))


def make_store(settings: Settings) -> Store:
    """The store that was chosen, not yet started."""
    durable: Durable = Memory() if settings.store == "memory" else Sqlite(settings.data / "parley.db", now)
    return Store(durable, Registry(), tell_event, now)


@contextmanager
def files_folder(settings: Settings) -> Iterator[Path]:
    """Where files go: they last as long as the messages that hold them."""
    if settings.store == "sqlite":
        yield settings.data
        return
    with TemporaryDirectory(prefix="parley-") as folder:
        yield Path(folder)


def give(settings: Settings, store: Store, uploads: Uploads, where: Whereabouts) -> Given:
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
        uploads=uploads,
        codes=DeviceCodes(secret, store),
        house=HouseInvitation(store, where.links, settings.data / "invitation"),
        hosts=where.hosts,
        greeting=Greeting(page=lambda: shell.version, ice_servers=settings.ice_servers()),
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
