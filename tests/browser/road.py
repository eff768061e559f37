"""The road between two browsers, which a test can close: what they send each other goes through here and nowhere else.

Each page takes this road's address for the other's (`ROAD`, an init script), so neither knows where the other is. When
closed it lets nothing through, as a network in which the two cannot reach each other. The forwarding unit is on it only
for a page with `TO_UNIT`.
"""

import selectors
import socket
import threading

from playwright.sync_api import BrowserContext

HERE = "127.0.0.1"
ROAD = """
window.RTCPeerConnection = class extends window.RTCPeerConnection {
  createDataChannel(...given) {
    this.isBetweenTwo = true; // a connection to the unit has none
    return super.createDataChannel(...given);
  }
  async setRemoteDescription({ type, sdp }) {
    const kept = sdp.split("\\r\\n").filter((line) => !this.hides(line));
    if (!this.isBetweenTwo && window.roadToUnit)
      for (const [at, line] of kept.entries())
        if (line.startsWith("a=candidate:")) kept[at] = await this.byRoad(line);
    await super.setRemoteDescription({ type, sdp: kept.join("\\r\\n") });
  }
  hides(line) {
    if (this.isBetweenTwo) return line.startsWith("a=candidate:"); // they come one by one
    if (window.roadToUnit) return /^a=candidate:\\d+ 1 tcp /.test(line);
    return window.withoutUdp === true && /^a=candidate:\\d+ 1 udp /.test(line);
  }
  async byRoad(candidate) {
    const words = candidate.split(" ");
    words[5] = String(await window.roadTo(words[4], Number(words[5])));
    words[4] = "127.0.0.1";
    return words.join(" ");
  }
  async addIceCandidate(given) {
    const [, , protocol, , , , , kind] = given.candidate.split(" ");
    if (protocol.toLowerCase() !== "udp") return;
    if (kind === "relay") return super.addIceCandidate(given); // a TURN server is reached by all
    await super.addIceCandidate({ ...given, candidate: await this.byRoad(given.candidate) });
  }
};
"""
WITHOUT_UDP = "window.withoutUdp = true;"
TO_UNIT = "window.roadToUnit = true;"

Address = tuple[str, int]


class Road:
    """Forwards datagrams both ways while it is open, on a thread of its own."""

    def __init__(self) -> None:
        self.open = True
        self.passed = 0  # datagrams
        self._selector = selectors.DefaultSelector()
        self._gates: dict[Address, socket.socket] = {}  # by where they lead
        self._sources: dict[tuple[Address, Address], socket.socket] = {}  # by who sent and where it leads
        self._left: set[Address] = set()  # who sent from a network that is gone
        self._lock = threading.Lock()
        self._wake, self._woken = socket.socketpair()
        self._selector.register(self._woken, selectors.EVENT_READ, None)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def pave(self, context: BrowserContext) -> None:
        """This browser goes by this road."""
        context.expose_function("roadTo", self.to)
        context.add_init_script(ROAD)

    def to(self, host: str, port: int) -> int:
        """The port here that leads to that address."""
        with self._lock:
            if (host, port) not in self._gates:
                self._gates[host, port] = self._new((host, port), None)
            return int(self._gates[host, port].getsockname()[1])

    def readdress(self) -> None:
        """Everybody seems to send from another port, as behind a router that began again; the old ones lead nowhere."""
        with self._lock:
            self._sources.clear()

    def leave_network(self) -> None:
        """What was sent from until now is dead, as a Wi-Fi that one walked out of. From new sockets it goes on."""
        with self._lock:
            self._left.update(self._gates)  # a browser may not have sent yet from all that it named
            self._left.update(sender for sender, _ in self._sources)
            self._sources.clear()

    def close(self) -> None:
        """Nothing goes on."""
        self._wake.close()
        self._thread.join()
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        self._selector.close()

    def _new(self, target: Address, back: "tuple[socket.socket, Address] | None") -> socket.socket:
        family = socket.AF_INET6 if ":" in target[0] and back else socket.AF_INET
        one = socket.socket(family, socket.SOCK_DGRAM)
        one.bind(("::" if family == socket.AF_INET6 else "0.0.0.0", 0))
        one.setblocking(False)
        self._selector.register(one, selectors.EVENT_READ, (target, back))
        self._wake.send(b"x")
        return one

    def _run(self) -> None:
        while True:
            for key, _ in self._selector.select():
                if key.data is None:
                    if not self._woken.recv(100):
                        return
                else:
                    self._carry(key.fileobj, *key.data)  # type: ignore[arg-type]

    def _carry(self, gate: socket.socket, target: Address, back: "tuple[socket.socket, Address] | None") -> None:
        """What came to a gate goes to where it leads, from a socket of its own; what comes to that goes back."""
        try:
            datagram, (host, port, *_) = gate.recvfrom(4096)
        except OSError:  # an answer that nobody is there
            return
        if not self.open:
            return
        self.passed += 1
        try:
            if back:
                if self._leads_back(gate, back[1], target):
                    back[0].sendto(datagram, back[1])
            elif (host, port) not in self._left:
                self._source((host, port), target, gate).sendto(datagram, target)
        except OSError:  # no way to there from here
            self.passed -= 1

    def _leads_back(self, source: socket.socket, sender: Address, target: Address) -> bool:
        with self._lock:
            return self._sources.get((sender, target)) is source

    def _source(self, sender: Address, target: Address, gate: socket.socket) -> socket.socket:
        with self._lock:
            if (sender, target) not in self._sources:
                self._sources[sender, target] = self._new(target, (gate, sender))
            return self._sources[sender, target]
