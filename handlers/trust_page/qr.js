/**
 * Draws a QR code here, because the invitation in it must not pass the server in the clear.
 * Byte mode, error correction M, versions 1 to 10 (up to 213 bytes): ISO/IEC 18004. Checked against segno.
 */

const EC_PER_BLOCK = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26]; // table 9, level M, by version
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5];
const CODEWORDS = [26, 44, 70, 100, 134, 172, 196, 242, 292, 346]; // table 1
const ALIGNED = [[], [18], [22], [26], [30], [34], [22, 38], [24, 42], [26, 46], [28, 50]]; // annex E, without the leading 6
const LEVEL_M = 0b00;

/** @type {((x: number, y: number) => boolean)[]} */
const MASKS = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/**
 * The modules of a text, row by row, dark ones true; without the light border.
 * @param {string} text
 * @param {number} [mask] 0 to 7; the best by the standard's own score when not given
 * @returns {boolean[][]}
 * @throws {RangeError} when the text is too long
 */
export function modulesOf(text, mask) {
  const bytes = new TextEncoder().encode(text);
  const version = versionFor(bytes.length);
  const bits = interleaved(dataCodewords(bytes, version), version).flatMap((byte) =>
    toBits(byte, 8),
  );
  const drawn = (mask === undefined ? MASKS.map((_, at) => at) : [mask]).map((one) =>
    draw(version, bits, one),
  );
  return drawn.reduce((best, next) => (penalty(next) < penalty(best) ? next : best));
}

/** @param {number} length bytes */
function versionFor(length) {
  for (let version = 1; version <= CODEWORDS.length; version += 1) {
    if (4 + countBits(version) + length * 8 <= dataCapacity(version) * 8) return version;
  }
  throw new RangeError(`${length} bytes do not fit into a code of version ${CODEWORDS.length}`);
}

/** @param {number} version */
const countBits = (version) => (version < 10 ? 8 : 16);

/** @param {number} version */
const dataCapacity = (version) =>
  CODEWORDS[version - 1] - EC_PER_BLOCK[version - 1] * BLOCKS[version - 1];

/**
 * @param {number} value
 * @param {number} width
 */
const toBits = (value, width) =>
  Array.from({ length: width }, (_, at) => (value >> (width - 1 - at)) & 1);

/**
 * @param {Uint8Array} bytes
 * @param {number} version
 */
function dataCodewords(bytes, version) {
  const capacity = dataCapacity(version);
  const bits = [...toBits(0b0100, 4), ...toBits(bytes.length, countBits(version))];
  for (const byte of bytes) bits.push(...toBits(byte, 8));
  bits.push(...Array(Math.min(4, capacity * 8 - bits.length)).fill(0));
  while (bits.length % 8 > 0) bits.push(0);
  const words = [];
  for (let at = 0; at < bits.length; at += 8)
    words.push(Number.parseInt(bits.slice(at, at + 8).join(""), 2));
  for (let pad = 0xec; words.length < capacity; pad ^= 0xec ^ 0x11) words.push(pad);
  return words;
}

/**
 * Splits into blocks, adds each block's correction, and weaves them.
 * @param {number[]} words
 * @param {number} version
 */
function interleaved(words, version) {
  const count = BLOCKS[version - 1];
  const short = Math.floor(words.length / count);
  const long = words.length % count; // the last so many blocks are one longer
  const blocks = [];
  for (let at = 0, block = 0; block < count; block += 1) {
    const length = short + (block >= count - long ? 1 : 0);
    blocks.push(words.slice(at, at + length));
    at += length;
  }
  const corrections = blocks.map((block) => correction(block, EC_PER_BLOCK[version - 1]));
  return [...woven(blocks), ...woven(corrections)];
}

/** @param {number[][]} rows */
function woven(rows) {
  const longest = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: longest }, (_, at) =>
    rows.flatMap((row) => (at < row.length ? [row[at]] : [])),
  ).flat();
}

/**
 * Reed-Solomon over GF(256) with 0x11d.
 * @param {number[]} words
 * @param {number} length
 */
function correction(words, length) {
  let generator = [1];
  for (let at = 0, root = 1; at < length; at += 1, root = times(root, 2)) {
    const next = [...generator, 0];
    generator.forEach((factor, power) => {
      next[power + 1] ^= times(factor, root);
    });
    generator = next;
  }
  const rest = [...words, ...Array(length).fill(0)];
  words.forEach((_, at) => {
    const lead = rest[at];
    generator.forEach((factor, power) => {
      rest[at + power] ^= times(factor, lead);
    });
  });
  return rest.slice(words.length);
}

/**
 * @param {number} a
 * @param {number} b
 */
function times(a, b) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((b >> bit) & 1) * a;
  }
  return product;
}

/**
 * @param {number} version
 * @param {number[]} bits
 * @param {number} mask
 */
function draw(version, bits, mask) {
  const size = 17 + 4 * version;
  /** @type {(boolean | null)[][]} */
  const grid = Array.from({ length: size }, () => Array(size).fill(null));
  patterns(grid, version);
  marks(grid, version, mask);
  let next = 0;
  for (const [x, y] of zigzag(size)) {
    if (grid[y][x] !== null) continue;
    grid[y][x] = (bits[next] === 1) !== MASKS[mask](x, y); // past the last bit: a remainder of zeros
    next += 1;
  }
  return grid.map((row) => row.map(Boolean));
}

/**
 * Finders, timing lines, alignment.
 * @param {(boolean | null)[][]} grid
 * @param {number} version
 */
function patterns(grid, version) {
  const size = grid.length;
  const ring = (
    /** @type {number} */ cx,
    /** @type {number} */ cy,
    /** @type {number} */ reach,
    /** @type {number[]} */ light,
  ) => {
    for (let y = Math.max(0, cy - reach); y <= Math.min(size - 1, cy + reach); y += 1) {
      for (let x = Math.max(0, cx - reach); x <= Math.min(size - 1, cx + reach); x += 1) {
        grid[y][x] = !light.includes(Math.max(Math.abs(x - cx), Math.abs(y - cy)));
      }
    }
  };
  for (let at = 0; at < size; at += 1) grid[6][at] = grid[at][6] = at % 2 === 0;
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ])
    ring(x, y, 4, [2, 4]);
  const centres = version > 1 ? [6, ...ALIGNED[version - 1]] : [];
  const last = centres.at(-1);
  for (const x of centres) {
    for (const y of centres) {
      const onFinder = (x === 6 && y === 6) || (x === 6 && y === last) || (x === last && y === 6);
      if (!onFinder) ring(x, y, 2, [1]);
    }
  }
}

/**
 * Format (level and mask) twice, and the version from 7 on twice.
 * @param {(boolean | null)[][]} grid
 * @param {number} version
 * @param {number} mask
 */
function marks(grid, version, mask) {
  const size = grid.length;
  const kind = (LEVEL_M << 3) | mask;
  const format = ((kind << 10) | remainder(kind << 10, 0x537, 10)) ^ 0x5412;
  const bit = (/** @type {number} */ at) => ((format >> at) & 1) === 1;
  for (let at = 0; at < 15; at += 1) {
    const down = at < 6 ? at : at < 8 ? at + 1 : size - 15 + at;
    const across = at < 8 ? size - 1 - at : at < 9 ? 7 : 14 - at;
    grid[down][8] = bit(at);
    grid[8][across] = bit(at);
  }
  grid[size - 8][8] = true;
  if (version < 7) return;
  const told = (version << 12) | remainder(version << 12, 0x1f25, 12);
  for (let at = 0; at < 18; at += 1) {
    const near = Math.floor(at / 3);
    const far = size - 11 + (at % 3);
    grid[near][far] = grid[far][near] = ((told >> at) & 1) === 1;
  }
}

/**
 * @param {number} value
 * @param {number} divisor
 * @param {number} degree
 */
function remainder(value, divisor, degree) {
  let rest = value;
  for (let bit = 31 - Math.clz32(rest); bit >= degree; bit = 31 - Math.clz32(rest))
    rest ^= divisor << (bit - degree);
  return rest;
}

/**
 * The way the bits are laid: two columns at a time from the right, up and down, passing by column 6.
 * @param {number} size
 */
function* zigzag(size) {
  let upwards = true;
  for (let right = size - 1; right > 0; right -= right === 8 ? 3 : 2) {
    for (let step = 0; step < size; step += 1) {
      const y = upwards ? size - 1 - step : step;
      yield [right, y];
      yield [right - 1, y];
    }
    upwards = !upwards;
  }
}

/**
 * The standard's score of how hard a code is to read, section 7.8.3.
 * @param {boolean[][]} rows
 */
function penalty(rows) {
  const columns = rows.map((_, x) => rows.map((row) => row[x]));
  let score = 0;
  for (const row of [...rows, ...columns]) {
    const drawn = row.map(Number).join("");
    for (const run of drawn.match(/0{5,}|1{5,}/g) ?? []) score += run.length - 2;
    for (let at = 0; at + 11 <= drawn.length; at += 1) {
      if (["10111010000", "00001011101"].includes(drawn.slice(at, at + 11))) score += 40;
    }
  }
  for (let y = 1; y < rows.length; y += 1) {
    for (let x = 1; x < rows.length; x += 1) {
      const one = rows[y][x];
      if (rows[y - 1][x] === one && rows[y][x - 1] === one && rows[y - 1][x - 1] === one)
        score += 3;
    }
  }
  const dark = rows.flat().filter(Boolean).length / rows.length ** 2;
  return score + 10 * Math.floor(Math.abs(dark * 20 - 10));
}
