"""Logins to the host's TURN servers, for who is signed in and about to be in a call."""

from chat.dispatch import query
from protocol.answers import CallServers
from protocol.calls import AskServers
from store import Store, Who


@query(AskServers)
async def call_servers(command: AskServers, who: Who, store: Store) -> CallServers:
    """The name in a login is the device's id, so that the log of a TURN server names nobody."""
    turn = store.turn
    if not turn.urls:
        return CallServers(ice_servers=[], until=0)
    username, credential, until = turn.login(who.device, store.clock())
    server: dict[str, str | list[str]] = {"urls": list(turn.urls), "username": username, "credential": credential}
    return CallServers(ice_servers=[server], until=until)
