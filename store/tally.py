"""How long something took, counted into steps, for whoever watches the server over the years."""

from bisect import bisect_left

STEPS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)  # seconds


class Tally:
    """Counts by the smallest step that is not passed; the last count is of what passed them all."""

    def __init__(self) -> None:
        self.counts = [0] * (len(STEPS) + 1)
        self.seconds = 0.0

    def add(self, seconds: float) -> None:
        """One more."""
        self.counts[bisect_left(STEPS, seconds)] += 1
        self.seconds += seconds

    def __len__(self) -> int:
        return sum(self.counts)

    def cumulative(self) -> list[tuple[str, float]]:
        """As Prometheus counts: for each step how many did not pass it, and all of them under +Inf."""
        upto, rows = 0, []
        for step, count in zip((*map(str, STEPS), "+Inf"), self.counts, strict=True):
            upto += count
            rows.append((step, float(upto)))
        return rows
