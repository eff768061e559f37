"""Which bus was chosen: `redis://…`, or none, for a server that is alone.

A newcomer's first mistake is to import Redis' at the top: its library is for those alone who chose it.
"""

from store.bus import Bus
from store.durable import CannotStart


def choose_bus(said: str) -> Bus | None:
    """The bus that was chosen, not yet started; None for none. Raises CannotStart."""
    if not said:
        return None
    try:
        from store.bus.redis import RedisBus
    except ImportError as error:
        raise CannotStart(
            "--bus redis:// needs redis, which is missing here. Install it: pip install -r requirements.txt"
        ) from error
    return RedisBus(said)
