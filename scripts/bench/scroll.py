"""How a conversation of 100,000 messages scrolls on a slow phone, beside plain bubbles on a bare page.

The wheel is turned by the browser itself (`Input.synthesizeScrollGesture`), a long way up and back. What is counted
is frames after they were painted, and where the text stands when the wheel rests: a newcomer's first mistake is to
believe `scrollTop`, which moves on purpose whenever a page of history comes.
"""

import argparse
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from scripts.bench.browsing import SCREEN, SLOWER, Phone, Scene, bare_log, bubbles, lived_in
from scripts.bench.figures import middle, rounded, today
from scripts.bench.seeding import Talk

STROKE = 1200  # px the wheel is turned by before it rests
SPEED = 4000  # px a second: in a hurry
LATE_MS = 50  # a frame that takes longer is seen to be late
MOST_LATE_P95 = LATE_MS  # ms, 95 of 100 frames come within
ALIKE = 1.25  # how much more a long conversation may take than a short one
PLAIN = 250  # bubbles on the bare page, as many messages as the app holds of a conversation

# Looks at every frame after it was painted. `rest` is called when nothing moves any more, and the stroke is judged: the
# text must have moved as far as the wheel was turned, except where the log ended.
WATCH = """() => {
  const box = document.querySelector(".log");
  const counts = { backward: 0, walked: 0, waited: 0, nodes: 0, messages: 0 };
  const seen = { ...counts, frames: [], tasks: [], jumps: [], rest: null };
  let turned = 0, moved = 0, ended = false, lost = false, still = 0, anchor = null, top = 0, way = 0;
  addEventListener("wheel", ({ deltaY }) => { turned += deltaY; way = Math.sign(deltaY); still = 0; },
    { capture: true, passive: true });
  new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map((one) => [one.startTime, one.duration])))
    .observe({ type: "longtask" });
  const place = () => anchor.getBoundingClientRect().top;
  const choose = () => {
    const middle = innerHeight / 2;
    const all = [...box.querySelectorAll("[data-key]")];
    anchor = all.find((one) => one.getBoundingClientRect().bottom > middle) ?? all.at(-1) ?? null;
    if (anchor) top = place();
  };
  const judge = () => {
    const drift = moved + turned;
    if (turned && !ended && !lost && Math.abs(drift) > 2) seen.jumps.push(Math.round(drift));
    seen.walked += Math.abs(moved);
    turned = moved = 0;
    ended = lost = false;
    seen.rest();
    seen.rest = null;
  };
  const look = () => {
    if (anchor && !anchor.isConnected) lost = true;
    const by = anchor?.isConnected ? place() - top : 0;
    top += by;
    moved += by;
    still = Math.abs(by) > 0.5 ? 0 : still + 1;
    if (way * by > 3) seen.backward += 1;
    const above = box.scrollTop <= 0, below = box.scrollHeight - box.scrollTop - box.clientHeight <= 1;
    if ((above && way < 0) || (below && way > 0)) { ended = true; seen.waited += 1; }
    if (!anchor?.isConnected || top < 60 || top > innerHeight - 60) choose();
    if (seen.frames.length % 15 === 0) {
      seen.nodes = Math.max(seen.nodes, document.getElementsByTagName("*").length);
      seen.messages = Math.max(seen.messages, box.getElementsByClassName("message").length);
    }
    if (seen.rest && still > 5) judge();
  };
  const painted = new MessageChannel();
  painted.port1.onmessage = look;
  const tick = (at) => {
    seen.frames.push(at);
    painted.port2.postMessage(0);
    requestAnimationFrame(tick);
  };
  window.seen = seen;
  choose();
  requestAnimationFrame(tick);
}"""
NOW = "() => performance.now()"
REST = "() => new Promise((done) => { seen.rest = done })"
# The newest is in sight, and nothing more is being drawn
AT_END = """() => {
  const box = document.querySelector(".log");
  return box?.scrollTop > 0 && box.ariaLive === "polite";
}"""
TO_END = "() => { const box = document.querySelector('.log'); box.scrollTop = box.scrollHeight }"


@dataclass(frozen=True, slots=True)
class Walk:
    """What was seen on the way up and back down. Times in ms; heap in bytes at the start, at the top and at the end.

    `busy` is what each task took of a processor: others that use the machine make frames late, and not these longer.
    """

    intervals: list[float]
    tasks: list[float]
    jumps: list[int]
    backward: int
    walked: float
    waited: int
    nodes: int
    messages: int
    heap: tuple[float, float, float]
    busy: list[float]


def walked(phone: Phone, strokes: int) -> Walk:
    """So many strokes up, and as many down."""
    phone.slow_down()
    first = phone.heap()
    phone.page.evaluate(WATCH)
    busy = list[float]()
    with phone.tasks(busy):
        turn(phone, 1, strokes)
    begin = phone.page.evaluate(NOW)
    top = phone.heap()
    end = phone.page.evaluate(NOW)
    with phone.tasks(busy):
        turn(phone, -1, strokes)
    seen = phone.page.evaluate("() => seen")
    last = phone.heap()
    del seen["rest"]
    intervals, tasks = aside(begin, end, seen.pop("frames"), seen.pop("tasks"))
    return Walk(intervals=intervals, tasks=tasks, heap=(first, top, last), busy=busy, **seen)


def aside(
    begin: float, end: float, frames: list[float], tasks: list[tuple[float, float]]
) -> tuple[list[float], list[float]]:
    """Milliseconds between frames, and of tasks, without what ran while the heap was measured, from `begin` to `end`.

    The garbage collected there on demand is none of the page's own work, and took longer than any of that.
    """
    intervals = [after - before for before, after in pairwise(frames) if after <= begin or before >= end]
    return intervals, [duration for at, duration in tasks if at + duration <= begin or at >= end]


def turn(phone: Phone, way: int, strokes: int) -> None:
    """Turns the wheel; 1 leads to what is older."""
    for _ in range(strokes):
        x, y = (side / 2 for side in SCREEN)
        phone.tell(
            "Input.synthesizeScrollGesture", x=x, y=y, yDistance=way * STROKE, speed=SPEED, gestureSourceType="mouse"
        )
        phone.page.evaluate(REST)


def plain(scene: Scene, strokes: int) -> Walk:
    """The baseline: as many bubbles as the app holds, and no script."""
    texts = ["some words, and " + "more of them " * (1 + at % 7) for at in range(PLAIN)]
    with scene.bare(bare_log(bubbles(texts))) as phone:
        phone.page.evaluate(TO_END)
        return walked(phone, min(strokes, PLAIN // 25))  # it is no longer than this


def ours(scene: Scene, name: str, strokes: int) -> Walk:
    """A conversation, from its newest message on."""
    with scene.phone() as phone:
        phone.page.goto(f"{scene.server.origin}/#/c/{scene.seeded.conversations[name]}")
        phone.page.wait_for_function(AT_END)
        phone.page.wait_for_load_state("networkidle")
        return walked(phone, strokes)


Row = tuple[str, list[float], str]


def rows(walks: list[Walk]) -> list[Row]:
    """What is told of each walk, and in which unit."""
    return [
        ("frames drawn", [len(walk.intervals) for walk in walks], ""),
        ("between two frames, p50", [middle(walk.intervals) for walk in walks], "ms"),
        ("between two frames, p95", [middle(walk.intervals, 0.95) for walk in walks], "ms"),
        ("between two frames, p99", [middle(walk.intervals, 0.99) for walk in walks], "ms"),
        (f"frames later than {LATE_MS} ms", [late(walk) * 100 for walk in walks], "%"),
        ("longest task", [max(walk.tasks, default=0) for walk in walks], "ms"),
        ("longest task, by the processor", [max(walk.busy, default=0) for walk in walks], "ms"),
        (f"tasks of more than {LATE_MS} ms, by the processor", [long_ones(walk) for walk in walks], ""),
        ("processor for each screen", [sum(walk.busy) / screens(walk) for walk in walks], "ms"),
        ("screens walked", [screens(walk) for walk in walks], ""),
        ("frames at an end, waiting for more", [walk.waited for walk in walks], ""),
        ("jumps", [len(walk.jumps) for walk in walks], ""),
        ("frames that went the wrong way", [walk.backward for walk in walks], ""),
        ("elements at most", [walk.nodes for walk in walks], ""),
        ("messages at most", [walk.messages for walk in walks], ""),
        ("heap at the start", [walk.heap[0] / 1e6 for walk in walks], "MB"),
        ("heap at the top", [walk.heap[1] / 1e6 for walk in walks], "MB"),
        ("heap at the end", [walk.heap[2] / 1e6 for walk in walks], "MB"),
    ]


def late(walk: Walk) -> float:
    """The share of frames that are seen to be late."""
    return sum(interval > LATE_MS for interval in walk.intervals) / len(walk.intervals)


def screens(walk: Walk) -> float:
    """How many screens went by."""
    return walk.walked / SCREEN[1]


def long_ones(walk: Walk) -> float:
    """Tasks that make a frame late by themselves."""
    return sum(took > LATE_MS for took in walk.busy)


def missed(short: Walk, long: Walk) -> list[str]:
    """What a long conversation does not keep."""
    kept = {
        f"95 of 100 frames within {MOST_LATE_P95} ms": middle(long.intervals, 0.95) <= MOST_LATE_P95,
        "no jumps": not long.jumps,
        "as many elements as a short one": long.nodes <= short.nodes * ALIKE,
        "as much memory as a short one": max(long.heap) <= max(short.heap) * ALIKE,
    }
    return [what for what, is_so in kept.items() if not is_so]


def show(names: list[str], walks: list[Walk]) -> None:
    """The table, for docs/performance.md."""
    print(f"scrolling, a phone {SLOWER} times slower: {today()}\n")
    print(f"| what | {' | '.join(names)} | the last beside the first |")
    print("|---" * (len(names) + 2) + "|")
    for what, values, unit in rows(walks):
        cells = [f"{rounded(value)} {unit}".strip() for value in values]
        beside = f"{values[-1] / values[0]:.2f} x" if values[0] else ""
        print(f"| {what} | {' | '.join(cells)} | {beside} |")
    print(flush=True)


def main(given: list[str] | None = None) -> int:
    """Seeds, scrolls, prints; 1 when a long conversation misses a target."""
    parser = argparse.ArgumentParser(description="How a long conversation scrolls on a slow phone.")
    parser.add_argument("--messages", type=int, default=100_000, help="in the long one (default 100000)")
    parser.add_argument("--short", type=int, default=1000, help="in the short one (default 1000)")
    parser.add_argument("--strokes", type=int, default=40, help="of the wheel up, and as many down (default 40)")
    asked = parser.parse_args(given)
    talks = [Talk("A short one", asked.short, room=True), Talk("A long one", asked.messages, room=True)]
    with lived_in(talks) as scene:
        walks = [plain(scene, asked.strokes), *(ours(scene, talk.name, asked.strokes) for talk in talks)]
    show([f"{PLAIN} plain bubbles", *(f"{talk.messages:,} messages" for talk in talks)], walks)
    wrong = missed(walks[1], walks[2])
    for what in wrong:
        print(f"expected {what}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
