"""The trust page's own scripts: their tests under node, and the code it draws, read back by another reader."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import segno

HERE = Path(__file__).parent
SCRIPTS = HERE.parents[1] / "handlers" / "trust_page"
LINK = "http://192.168.1.20:8080/#invite=4fz7-k2mq-9dwx"
FULL = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213]  # bytes that fill versions 1 to 10 at level M, to the last
NODE = shutil.which("node") or "node"

DRAW = """
import { modulesOf } from %s;
const asked = JSON.parse(process.argv[1]);
const drawn = asked.map(([text, mask]) => modulesOf(text, mask ?? undefined));
console.log(JSON.stringify(drawn.map((rows) => rows.map((row) => row.map(Number)))));
"""


def drawn(asked: list[tuple[str, int | None]]) -> list[list[list[int]]]:
    """The modules of each text as the page draws them."""
    program = DRAW % json.dumps((SCRIPTS / "qr.js").as_uri())
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", program, json.dumps(asked)], capture_output=True, text=True, check=True
    )
    answer: list[list[list[int]]] = json.loads(done.stdout)
    return answer


def reference(text: str, mask: int | None = None) -> segno.QRCode:
    return segno.make(text, error="m", micro=False, boost_error=False, mode="byte", mask=mask)


def modules(code: segno.QRCode) -> list[list[int]]:
    return [[int(module) for module in row] for row in code.matrix]


def text_in(grid: list[list[int]], mask: int, version: int) -> str:
    """Reads a one-block code back: unmasks, walks the columns, and takes what the header says."""
    size = len(grid)
    bits = [str(grid[y][x] ^ row_of(mask, y, size)[x]) for x, y in walk(size) if not is_fixed(x, y, size, version)]
    words = [int("".join(bits[at : at + 8]), 2) for at in range(0, len(bits) - 7, 8)]
    stream = "".join(f"{word:08b}" for word in words)
    assert stream[:4] == "0100"
    length = int(stream[4:12], 2)
    return bytes(int(stream[at : at + 8], 2) for at in range(12, 12 + 8 * length, 8)).decode()


def is_fixed(x: int, y: int, size: int, version: int) -> bool:
    """Finders with their format marks, the timing lines, and the one alignment square of versions 2 to 6."""
    near_finder = (x < 9 and y < 9) or (x < 9 and y >= size - 8) or (x >= size - 8 and y < 9)
    aligned = version > 1 and size - 9 <= x <= size - 5 and size - 9 <= y <= size - 5
    return near_finder or x == 6 or y == 6 or aligned


def row_of(mask: int, y: int, size: int) -> list[int]:
    rules: list[Callable[[int], int]] = [
        lambda x: (x + y) % 2,
        lambda x: y % 2,
        lambda x: x % 3,
        lambda x: (x + y) % 3,
        lambda x: (y // 2 + x // 3) % 2,
        lambda x: x * y % 2 + x * y % 3,
        lambda x: (x * y % 2 + x * y % 3) % 2,
        lambda x: ((x + y) % 2 + x * y % 3) % 2,
    ]
    return [int(rules[mask](x) == 0) for x in range(size)]


def walk(size: int) -> list[tuple[int, int]]:
    columns = [*range(size - 1, 6, -2), 5, 3, 1]
    way = []
    for number, x in enumerate(columns):
        rows = range(size) if number % 2 else range(size - 1, -1, -1)
        way += [(x - side, y) for y in rows for side in (0, 1)]
    return way


def test_the_scripts_pass_their_own_tests() -> None:
    files = sorted(str(path) for path in (HERE / "trust_page").glob("*.test.js"))
    done = subprocess.run([NODE, "--test", *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "# fail 0" in done.stdout
    assert "# pass 0" not in done.stdout


def test_a_full_code_is_the_reference_module_for_module() -> None:
    asked = [((LINK * 6)[:length], mask) for length in FULL for mask in range(8)]
    for (text, mask), grid in zip(asked, drawn([*asked]), strict=True):
        assert grid == modules(reference(text, mask)), (len(text), mask)


@pytest.mark.parametrize("length", [1, 13, 15, 25, 30])
def test_a_code_with_room_left_reads_back_as_its_text(length: int) -> None:
    text = LINK[:length]
    version = next(at for at, full in enumerate(FULL, 1) if length <= full)
    for mask, grid in enumerate(drawn([(text, mask) for mask in range(8)])):
        assert text_in(grid, mask, version) == text


def test_left_to_itself_it_takes_one_of_the_eight_masks() -> None:
    chosen, *eight = drawn([(LINK, None), *((LINK, mask) for mask in range(8))])
    assert chosen in eight


def test_a_text_that_does_not_fit_is_refused() -> None:
    with pytest.raises(subprocess.CalledProcessError) as refused:
        drawn([("x" * 214, None)])
    assert "214 bytes do not fit" in refused.value.stderr
