"""A TURN server that knows nothing but a secret (RFC 8656 over UDP, logins as in draft-uberti-behave-turn-rest-00).

It computes what a login must be by itself, so that a page gets through it only if the server's logins are right.
"""

import asyncio
import base64
import hashlib
import hmac
import threading
import time
from typing import Any

from aioice.stun import Class, Message, Method, parse_message

HERE = "127.0.0.1"
REALM = "parley.test"
CHANNELS = range(0x4000, 0x5000)  # the first bytes of what is no STUN message, RFC 8656 section 12

Address = tuple[str, int]


class Allocation(asyncio.DatagramProtocol):
    """A port here that stands for a client's."""

    def __init__(self, server: "TurnServer", client: Address) -> None:
        self.server = server
        self.client = client
        self.permitted: set[str] = set()
        self.channels: dict[int, Address] = {}
        self.transport: asyncio.DatagramTransport

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: Address) -> None:
        if addr[0] not in self.permitted:
            return
        self.server.relayed += 1
        for number, peer in self.channels.items():
            if peer == addr:
                head = number.to_bytes(2, "big") + len(data).to_bytes(2, "big")
                self.server.transport.sendto(head + data, self.client)
                return
        told = Message(Method.DATA, Class.INDICATION, attributes={"XOR-PEER-ADDRESS": addr, "DATA": data})
        self.server.transport.sendto(bytes(told), self.client)


class TurnServer(asyncio.DatagramProtocol):
    """On a loop and a thread of its own, until it is closed. `names` are whose logins were good."""

    def __init__(self, secret: str) -> None:
        self.relayed = 0  # datagrams
        self.names: set[str] = set()
        self.refused = 0
        self.transport: asyncio.DatagramTransport
        self._secret = secret
        self._allocations: dict[Address, Allocation] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        opening = self._loop.create_datagram_endpoint(lambda: self, local_addr=(HERE, 0))
        asyncio.run_coroutine_threadsafe(opening, self._loop).result(10)
        self.url = f"turn:{HERE}:{self.transport.get_extra_info('sockname')[1]}?transport=udp"

    def close(self) -> None:
        """Nothing passes any more."""

        def leave() -> None:
            for one in (self, *self._allocations.values()):
                one.transport.close()
            self._loop.call_soon(self._loop.stop)

        self._loop.call_soon_threadsafe(leave)
        self._thread.join()
        self._loop.close()

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: Address) -> None:
        allocation = self._allocations.get(addr)
        number = int.from_bytes(data[:2], "big")
        if number in CHANNELS:
            if allocation and (peer := allocation.channels.get(number)):
                length = int.from_bytes(data[2:4], "big")
                allocation.transport.sendto(data[4 : 4 + length], peer)
            return
        asked = parse_message(data)
        if asked.message_class == Class.INDICATION:
            if allocation and asked.message_method == Method.SEND:
                allocation.transport.sendto(asked.attributes["DATA"], asked.attributes["XOR-PEER-ADDRESS"])
        elif asked.message_method == Method.BINDING:
            self._answer(asked, addr, {"XOR-MAPPED-ADDRESS": addr}, b"")
        else:
            self._loop.create_task(self._serve(asked, addr))

    async def _serve(self, asked: Message, addr: Address) -> None:
        name = asked.attributes.get("USERNAME", "")
        key = hashlib.md5(f"{name}:{REALM}:{self._password(name)}".encode()).digest()
        if not name or not self._is_good(name, asked, key):
            self.refused += bool(name)
            told = {"ERROR-CODE": (401, "Unauthorized"), "REALM": REALM, "NONCE": b"once"}
            self.transport.sendto(bytes(_reply(asked, Class.ERROR, told)), addr)
            return
        self.names.add(name.partition(":")[2])
        self._answer(asked, addr, await self._do(asked, addr), key)

    async def _do(self, asked: Message, addr: Address) -> dict[str, Any]:
        peer = asked.attributes.get("XOR-PEER-ADDRESS")
        if asked.message_method == Method.ALLOCATE:
            if addr not in self._allocations:
                made = Allocation(self, addr)
                await self._loop.create_datagram_endpoint(lambda: made, local_addr=(HERE, 0))
                self._allocations[addr] = made
            relayed = self._allocations[addr].transport.get_extra_info("sockname")
            return {"XOR-RELAYED-ADDRESS": relayed, "LIFETIME": 600, "XOR-MAPPED-ADDRESS": addr}
        if asked.message_method == Method.REFRESH:
            return {"LIFETIME": asked.attributes.get("LIFETIME", 600)}
        allocation = self._allocations[addr]
        allocation.permitted.add(peer[0])
        if asked.message_method == Method.CHANNEL_BIND:
            allocation.channels[asked.attributes["CHANNEL-NUMBER"]] = peer
        return {}

    def _password(self, name: str) -> str:
        return base64.b64encode(hmac.digest(self._secret.encode(), name.encode(), "sha1")).decode()

    def _is_good(self, name: str, asked: Message, key: bytes) -> bool:
        until = name.partition(":")[0]
        return until.isdecimal() and int(until) > time.time() and asked.check_message_integrity(key)

    def _answer(self, asked: Message, addr: Address, told: dict[str, Any], key: bytes) -> None:
        reply = _reply(asked, Class.RESPONSE, told)
        if key:
            reply.add_message_integrity(key)
        self.transport.sendto(bytes(reply), addr)


def _reply(asked: Message, kind: Class, told: dict[str, Any]) -> Message:
    return Message(asked.message_method, kind, asked.transaction_id, told)
