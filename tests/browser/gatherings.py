"""A call of a room that nobody is in: what fills the views is made up here, and what they ask for is written down."""

from typing import Any

from playwright.sync_api import Page

from tests.browser.firefox import until

# Faces are drawn, so that each picture can be told from the next; people are cards the world is told of.
FAKE = """async ({ names, id, more }) => {
  const { signal } = await import("@preact/signals-core");
  const { gatheringDesk } = await import("/state/gathering.js");
  const { change, conversationIn, world } = await import("/state/world.js");
  const own = world.peek().me;
  const cards = Object.fromEntries(names.slice(1).map((name, at) => [`p.fake${at}`,
    { id: `p.fake${at}`, name, about: "", avatar: "", host: false, removed: false }]));
  const on = { call: "cfake", began: own, seq: 1, at: Date.now() - 65000, video: true, ring: false,
    rights: ["speak", "show", "share", "write"], granted: {}, admitted: [], barred: [], called: [],
    locked: false, lobby: false,
    attendees: names.map((_, at) => ({ person: at ? `p.fake${at - 1}` : own, device: `d${at}`, at: Date.now() })) };
  change((now) => ({ ...now, people: { ...now.people, ...cards }, conversations: { ...now.conversations,
    [id]: { ...now.conversations[id], gathering: on } } }));
  const draw = (at, width, height, shared, bright) => {
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const pen = canvas.getContext("2d");
    let turn = 0;
    const paint = () => {
      pen.fillStyle = shared ? "#f5f5f5" : `hsl(${(at * 47) % 360} 30% ${bright ? 96 : 42}%)`;
      pen.fillRect(0, 0, width, height);
      pen.fillStyle = shared ? "#333" : `hsl(${(at * 47) % 360} 35% ${bright ? 85 : 62}%)`;
      if (shared)
        for (let line = 0; line < 18; line += 1) pen.fillRect(60, 60 + line * 34, 300 + ((line * 97) % 500), 12);
      else {
        pen.beginPath();
        pen.arc(width / 2, height * 0.42, height * 0.2, 0, 7);
        pen.ellipse(width / 2, height * 1.02, height * 0.38, height * 0.36, 0, 0, 7);
        pen.fill();
      }
      pen.fillRect((turn += 3) % width, height - 6, 6, 6);
    };
    paint();
    const timer = setInterval(paint, 200);
    (window.fakeTimers ??= []).push(timer);
    return canvas.captureStream(5);
  };
  const silence = new MediaStream();
  const seats = names.map((_, at) => ({ person: at ? `p.fake${at - 1}` : own, device: `d${at}`, mine: at === 0,
    floor: { muted: at % 3 === 2, camera: at % 4 !== 3, sharing: false, hand: 0, asks: [], line: "" },
    camera: at && at % 4 !== 3 ? draw(at, at % 5 === 2 ? 360 : 640, 480, false) : null,
    screen: null, sound: at ? silence : null, speaking: false }));
  const view = signal({ conversation: id, call: "cfake", video: true, phase: "live", startedAt: Date.now() - 65000,
    reason: "", words: "", seconds: 0, seats, leads: true, knocking: [], cheers: [],
    local: draw(0, 640, 480, false), muted: false, camera: true, mirrored: true, canFlip: true, canShare: true,
    sharing: false, hand: false, asks: [], answered: null,
    may: { speak: true, show: true, share: true, write: true }, problems: [], quality: "good", unheard: false,
    refused: "", silenced: "", talking: false, swap: null, using: { camera: "", microphone: "" }, ...more });
  window.asked = [];
  const whose = (who, source) => ({ key: who + source, sent: !who, whose: { who, source }, codec: "VP8", layer: "",
    width: 1280, height: 720, frames: 25, rate: 1400000, loss: 0.012, jitter: 7, held: who ? "" : "bandwidth" });
  const figures = { path: { protocol: "udp", relay: false, roundTrip: 18, room: 2400000 }, rows: [
    whose("", "camera"), { ...whose("", "microphone"), codec: "opus", rate: 32000, held: "" }, whose("d1", "camera")] };
  const answers = { figures: async () => figures, listen: (hear) => { hear(0.6); return () => {}; } };
  const actions = new Proxy({}, { get: (_, name) => (...given) => {
    window.asked.push([name, ...given]);
    return answers[name]?.(...given);
  } });
  window.fake = {
    set: (changes) => { view.value = { ...view.value, ...changes }; },
    seat: (at, changes) => {
      const { floor, ...others } = changes;
      const before = view.value.seats[at];
      const after = { ...before, ...others, floor: { ...before.floor, ...floor } };
      view.value = { ...view.value, seats: view.value.seats.with(at, after) };
    },
    share: (at) => window.fake.seat(at, { floor: { sharing: true }, screen: draw(at, 1280, 720, true) }),
    bright: (at) => window.fake.seat(at, { floor: { camera: true }, camera: draw(at, 640, 480, false, true) }),
    end: () => { gatheringDesk.value = null; window.fakeTimers.forEach(clearInterval); window.fakeTimers = []; },
    away: () => window.fake.call({ attendees: on.attendees.slice(1) }),
    call: (changes) => {
      const gathering = changes && { ...on, ...conversationIn(id).peek().gathering, ...changes };
      change((now) => ({ ...now, conversations: { ...now.conversations,
        [id]: { ...now.conversations[id], gathering } } }));
    },
  };
  gatheringDesk.value = { view, actions };
}"""
# What was asked for by one name, taken out of what was asked for
TAKEN = """(name) => {
  const found = window.asked.filter(([one]) => one === name);
  window.asked = window.asked.filter(([one]) => one !== name);
  return found;
}"""
NAMES = [
    "me",
    "Anna",
    "Ben",
    "Clara",
    "David",
    "Emilia Fitzgerald-Schönberg",
    "Finn",
    "Greta",
    "Henri",
    "Ida",
    "Jonas",
    "Kim",
]


def here(page: Page) -> str:
    """The id of the room that is open."""
    room: str = page.evaluate("location.hash.split('/')[2].split('?')[0]")
    return room


def gather(page: Page, count: int, **more: Any) -> None:
    """Puts the page, on which a room is open, into a call of so many, oneself first. `more`: fields of Gathering."""
    page.evaluate(FAKE, {"names": NAMES[:count], "id": here(page), "more": more})


def fake(page: Page, step: str) -> None:
    """Changes what is shown: `set({...})`, `seat(1, {...})`, `share(1)`, `bright(3)`, `call({...})` or `end()`."""
    page.evaluate(f"window.fake.{step}")


def asked(page: Page, name: str) -> list[Any]:
    """What the views asked for by this name, each with what it was given, and forget it."""
    found: list[list[Any]] = page.evaluate(TAKEN, name)  # in one step: the page goes on meanwhile
    return [given for _, *given in found]


def asks(page: Page, name: str, *given: list[Any]) -> None:
    """Waits until the views have asked for this, so many times and with this; what they ask is forgotten then."""
    heard: list[list[Any]] = []

    def all_heard() -> bool:
        heard.extend(asked(page, name))
        return len(heard) >= len(given)

    until(all_heard, f"{name}, asked {len(given)} times")
    assert heard == list(given)
