// Addresses in a text: where each stands, where it leads, and what may honestly be shown of it. One pass, no backtracking.

/** @typedef {{start: number, end: number, href: string, label: string}} Link `label` is what was typed, unless that would mislead */

// An address ends at white space, at what people put around it, and at characters that are not seen
const RUN =
  /[^\s<>"`。，、！？；：（）《》「」【】\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g;
const START = /https?:\/\/|mailto:|www\./i;
const TRAILING = new Set(".,;:!?'*_~|»”’…");
const LEADING = new Set("([{*_~|'«“‘.,:;-");
const PAIRS = /** @type {Record<string, string>} */ ({ ")": "(", "]": "[", "}": "{" });

// Endings that make a bare name an address. Left out: those that are words (it, is, so, me) or kinds of files (md, py, sh).
const ENDINGS = new Set(
  "com org net edu gov mil int info dev app io eu arpa local lan internal de es fr uk ie nl ch se dk fi cz sk hu ro bg gr pt br mx ar cl ca au nz jp kr cn tw ru ua tr za wiki blog cloud online site xyz".split(
    " ",
  ),
);
const WORD = /[\p{L}\p{N}]/u;
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}]/u;
const LABEL = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*$/u;
const LOCAL_PART = /^[\p{L}\p{N}][\p{L}\p{N}._%+-]*$/u;

// Letters of a name that are not taken for others: Latin as Europe writes it, and scripts that look like no other
const PLAIN_LATIN = /^[a-z0-9\u00e0-\u0130\u0132-\u0137\u0139-\u017e-]*$/i;
const UNLIKE =
  /^[0-9\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Arab}\p{sc=Hebr}\p{sc=Thai}\p{sc=Deva}ー-]*$/u;
const CYRILLIC = /^[0-9\p{sc=Cyrl}-]*$/u;

/** Is this character inside a word, for scripts that put spaces between words? @param {string} character */
export function isWord(character) {
  return WORD.test(character) && !UNSPACED.test(character);
}

/** @param {string} text @returns {Link[]} in order, never overlapping */
export function linksIn(text) {
  const links = [];
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const link = schemed(run) ?? bare(run);
    if (link) links.push({ ...link, start: index + link.start, end: index + link.end });
  }
  return links;
}

/** @param {string} run @returns {Link|null} */
function schemed(run) {
  const found = START.exec(run);
  if (!found || (found.index > 0 && isWord(run[found.index - 1]))) return null;
  const start = found.index;
  const end = start + lengthOf(run.slice(start));
  const typed = run.slice(start, end);
  if (/^mailto:/i.test(typed))
    return isMail(typed.slice(7)) ? { start, end, href: typed, label: typed } : null;
  const link = web(typed, /^www\./i.test(typed) ? `https://${typed}` : typed);
  return link && { start, end, ...link };
}

/** `example.org/path` and `anna@example.org`. @param {string} run @returns {Link|null} */
function bare(run) {
  if (!run.includes(".")) return null;
  let start = 0;
  while (LEADING.has(run[start])) start += 1;
  const end = start + lengthOf(run.slice(start));
  const typed = run.slice(start, end);
  if (isMail(typed)) return { start, end, href: `mailto:${typed}`, label: typed };
  const host = typed.split(/[/?#:]/, 1)[0];
  const rest = typed.slice(host.length);
  if (!isHost(host) || !ENDINGS.has(host.slice(host.lastIndexOf(".") + 1).toLowerCase()))
    return null;
  if (rest.startsWith(":") && !/^:\d{1,5}(?:[/?#]|$)/.test(rest)) return null;
  const link = web(typed, `https://${typed}`);
  return link && { start, end, ...link };
}

/** An address of the web that names no user: that part is how one host is dressed up as another. @param {string} typed @param {string} address */
function web(typed, address) {
  const url = parsed(address);
  if (!url || url.username || url.password || !/[^.]/.test(url.hostname)) return null;
  return { href: url.href, label: isHonest(address, url) ? typed : url.href };
}

/** `URL.canParse` is younger than the oldest browsers of the README (Safari 17.0). @param {string} address */
function parsed(address) {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

/** Does a host look like what it is? @param {string} address @param {URL} url */
function isHonest(address, url) {
  if (!url.hostname.includes("xn--")) return true;
  const labels = address
    .replace(/^https?:\/\//i, "")
    .split(/[/?#:\\]/, 1)[0]
    .normalize("NFC")
    .split(".");
  const isAtHome = CYRILLIC.test(labels.at(-1) ?? "");
  return labels.every(
    (one) => PLAIN_LATIN.test(one) || UNLIKE.test(one) || (isAtHome && CYRILLIC.test(one)),
  );
}

/** @param {string} text */
function isMail(text) {
  const [local, host, ...more] = text.split("?", 1)[0].split("@");
  return (
    more.length === 0 &&
    host !== undefined &&
    LOCAL_PART.test(local) &&
    isHost(host) &&
    !/\d$/.test(host)
  );
}

/** @param {string} text */
function isHost(text) {
  const labels = text.split(".");
  return (
    text.length <= 253 &&
    labels.length > 1 &&
    labels.every((one) => one.length <= 63 && LABEL.test(one) && !one.endsWith("-"))
  );
}

/** Where it ends: closing punctuation belongs to the sentence, a bracket only when it was not opened inside. @param {string} found */
function lengthOf(found) {
  /** @type {Record<string, number>} */
  const open = { "(": 0, "[": 0, "{": 0 };
  for (const letter of found) {
    if (letter in open) open[letter] += 1;
    else if (letter in PAIRS) open[PAIRS[letter]] -= 1;
  }
  let end = found.length;
  for (; end > 0; end -= 1) {
    const last = found[end - 1];
    const pair = PAIRS[last];
    if (pair && open[pair] < 0) open[pair] += 1;
    else if (!TRAILING.has(last)) break;
  }
  return end;
}
