"""Health: can this server keep its promises? And for the host alone: what passes through calls in rooms."""

import asyncio
import hmac
from collections.abc import Mapping
from http import HTTPStatus

from handlers.base import Base
from handlers.door import Door
from handlers.settings import VERSION
from store import Store
from store.durable import NotSaved

NOT_SAVED = "not-saved"
CHECK_SECONDS = 15.0  # for an answer of the disk; PostgreSQL's own word for its silence comes after 6 to 11


class Health(Base):
    """`GET /health`. Says nothing about people, so anybody may ask.

    The figures of calls say who is in one, by device, so they are for the host: signed in, or with the house's secret
    as Bearer. A connection from this machine proves nothing, since a proxy's come from there too.
    """

    is_of_now = False

    def initialize(self, store: Store, door: Door, secret: str) -> None:  # type: ignore[override]
        """Given by the route table."""
        super().initialize(store, door)
        self._secret = secret

    async def get(self) -> None:
        """200 when what is acknowledged would be on disk, else 503; and in `checks` what else needs the host."""
        more = {"calls": await self.store.media.survey()} if self._is_host() else {}
        await answer_health(self, more)

    def _is_host(self) -> bool:
        if self.who is not None:
            person = self.store.view().person(self.who.person)
            return person is not None and person.host
        return hmac.compare_digest((self.bearer() or "").encode(), self._secret.encode())


async def answer_health(handler: Base, more: Mapping[str, object] | None = None) -> None:
    """The document, with the status that says the same to who reads no JSON."""
    document = await health(handler.store) | dict(more or {})
    handler.answer(document, HTTPStatus.SERVICE_UNAVAILABLE if document["status"] == NOT_SAVED else HTTPStatus.OK)


async def health(store: Store) -> dict[str, object]:
    """The document: status, version, checks."""
    checks = await ask_checks(store)
    return {
        "status": _status(checks),
        "version": VERSION,
        "checks": checks,
        "connections": len(store.sockets),
    }


async def ask_checks(store: Store, seconds: float = CHECK_SECONDS) -> dict[str, str]:
    """What each check answers now, by name: "ok", or a sentence, also where the disk is silent for so long."""
    try:
        async with asyncio.timeout(seconds):
            await store.durable.check()
        saved = "ok"
    except TimeoutError:
        saved = f"The disk, or the database, has not answered for {seconds:.0f} s."
    except NotSaved as reason:
        saved = str(reason)
    others = {name: check() for name, check in store.checks.items()}
    return {"store": store.stale or saved, "bus": "ok", **others}


def _status(checks: Mapping[str, str]) -> str:
    """Of all of it: "degraded" is a server that keeps its promises while something needs the host."""
    if checks["store"] != "ok":
        return NOT_SAVED
    return "ok" if all(said == "ok" for said in checks.values()) else "degraded"
