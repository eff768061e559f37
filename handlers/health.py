"""Health: can this server keep its promises?"""

from http import HTTPStatus

from handlers.base import Base
from handlers.settings import VERSION
from store import Store
from store.durable import NotSaved


class Health(Base):
    """`GET /health`. Says nothing about people, so anybody may ask."""

    async def get(self) -> None:
        """200 when what is acknowledged would be on disk, else 503 with the reason."""
        await answer_health(self)


async def answer_health(handler: Base) -> None:
    """The document, with the status that says the same to who reads no JSON."""
    document = await health(handler.store)
    handler.answer(document, HTTPStatus.OK if document["status"] == "ok" else HTTPStatus.SERVICE_UNAVAILABLE)


async def health(store: Store) -> dict[str, object]:
    """The document: status, version, checks."""
    try:
        await store.durable.check()
        saved = "ok"
    except NotSaved as reason:
        saved = str(reason)
    return {
        "status": "ok" if saved == "ok" else "not-saved",
        "version": VERSION,
        "checks": {"store": saved, "bus": "ok"},
        "connections": len(store.sockets),
    }
