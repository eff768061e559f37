"""Connectivity checks as a browser makes them, for tests that need no more of ICE."""

import os

from calls import stun
from calls.ice import Agent


def check(
    agent: Agent, *more: tuple[int, bytes], password: str = "", ufrag: str = "", transaction: bytes = b""
) -> bytes:
    """A binding request to this agent, made with its own keys unless others are named; a new one each time."""
    keys = agent.credentials
    attributes = [(stun.USERNAME, f"{ufrag or keys.ufrag}:them".encode()), (stun.ICE_CONTROLLING, bytes(8)), *more]
    return stun.build(stun.BINDING_REQUEST, transaction or os.urandom(12), attributes, password or keys.password)


def nomination(agent: Agent) -> bytes:
    """A check that says: use this way."""
    return check(agent, (stun.USE_CANDIDATE, b""))
