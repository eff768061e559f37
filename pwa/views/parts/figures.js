/** A connection in figures, measured anew each second: for those who ask, and to be copied for those they ask. */

import { useEffect, useRef, useState } from "preact/hooks";
import { strings } from "../../strings.js";
import { copy as toClipboard } from "./clipboard.js";
import { html } from "./html.js";
import { perLocale } from "./locale.js";

/** @typedef {import("../../call/figures.js").Figures} Measured */
/** @typedef {import("../../call/figures.js").Path} Path */
/** @typedef {import("../../call/figures.js").Row} Row */
/** @typedef {{ask: () => Promise<Measured|null>, nameOf: (who: string) => string, server: boolean}} FiguresProps `server`: the way leads there */

const words = strings.gear.statistics;
const EVERY = 1000; // ms
const SAID = 3000; // ms that "copied" stays

const whole = perLocale((tag) => new Intl.NumberFormat(tag, { maximumFractionDigits: 0 }));
const tenth = perLocale((tag) => new Intl.NumberFormat(tag, { maximumFractionDigits: 1 }));
const rounded = (/** @type {number} */ n) => whole().format(n);

/** What was measured last, null before. @param {FiguresProps["ask"]} ask */
function useMeasured(ask) {
  const [last, setLast] = useState(/** @type {Measured|null} */ (null));
  useEffect(() => {
    let on = true;
    const look = async () => {
      const now = await ask();
      if (on && now) setLast(now);
    };
    look();
    const timer = setInterval(look, EVERY);
    return () => {
      on = false;
      clearInterval(timer);
    };
  }, []);
  return last;
}

/** @param {Path} path @param {boolean} server */
function pathWords({ protocol, relay }, server) {
  const { paths } = words;
  if (!protocol) return "–";
  const way = server ? paths.server : relay ? paths.relay : paths.direct;
  return `${paths[protocol]}, ${way}`;
}

/** @param {Row} row @param {FiguresProps["nameOf"]} nameOf @returns {[string, string][]} each figure under its name */
function cellsOf(row, nameOf) {
  const { whose, codec, width, height, frames, rate, loss, jitter, held, layer } = row;
  const source = words.sources[whose.source];
  const picture = whose.source === "camera" || whose.source === "screen";
  return [
    [
      words.stream,
      row.sent ? [source, layer].filter(Boolean).join(" ") : `${nameOf(whose.who)} · ${source}`,
    ],
    [words.codec, codec || "–"],
    [words.size, picture && width ? `${width}×${height}` : "–"],
    [words.frames, picture ? rounded(frames) : "–"],
    [words.rate, rounded(rate / 1000)],
    [words.loss, `${tenth().format(100 * loss)} %`],
    [words.jitter, `${rounded(jitter)} ms`],
    ...(held ? [/** @type {[string, string]} */ ([words.held, words.limits[held]])] : []),
  ];
}

/** @param {Path} path @param {boolean} server @returns {[string, string][]} */
function pathCells(path, server) {
  return [
    [words.path, pathWords(path, server)],
    [words.roundTrip, path.roundTrip ? `${rounded(path.roundTrip)} ms` : "–"],
    [words.room, path.room ? `${rounded(path.room / 1000)} kbit/s` : "–"],
  ];
}

/** All of it as lines, for a message to who runs the server. @param {Measured} measured @param {FiguresProps} props */
function asText({ path, rows }, { nameOf, server }) {
  const line = (/** @type {[string, string][]} */ cells) =>
    cells.map(([name, value]) => `${name}: ${value}`).join(", ");
  const of = (/** @type {boolean} */ sent) =>
    rows.filter((row) => row.sent === sent).map((row) => line(cellsOf(row, nameOf)));
  return [
    new Date().toISOString(),
    line(pathCells(path, server)),
    words.sent,
    ...of(true),
    words.received,
    ...of(false),
  ].join("\n");
}

/** @param {{title: string, rows: Row[], nameOf: FiguresProps["nameOf"]}} props */
function Streams({ title, rows, nameOf }) {
  if (!rows.length) return null;
  return html`<h3>${title}</h3>
    <ul role="list" aria-label=${title} class="figures-streams">
      ${rows.map((row) => {
        const [[, name], ...cells] = cellsOf(row, nameOf);
        return html`<li key=${row.key}>
          <strong dir="auto">${name}</strong>
          <dl>${cells.filter(([, value]) => value !== "–").map(([word, value]) => html`<div key=${word}><dt>${word}</dt><dd>${value}</dd></div>`)}</dl>
        </li>`;
      })}
    </ul>`;
}

/** @param {FiguresProps} props */
export function Figures(props) {
  const measured = useMeasured(props.ask);
  const [said, setSaid] = useState("");
  const timer = useRef(/** @type {ReturnType<typeof setTimeout>|undefined} */ (undefined));
  useEffect(() => () => clearTimeout(timer.current), []);
  if (!measured) return html`<p class="figures-wait" role="status">${words.waiting}</p>`;
  const copy = async () => {
    clearTimeout(timer.current);
    const done = toClipboard(asText(measured, props));
    setSaid(await done.then(() => words.copied, String)); // a browser that forbids it says so itself
    timer.current = setTimeout(() => setSaid(""), SAID);
  };
  const of = (/** @type {boolean} */ sent) => measured.rows.filter((row) => row.sent === sent);
  return html`<div class="figures">
    <dl class="figures-path">${pathCells(measured.path, props.server).map(([word, value]) => html`<div key=${word}><dt>${word}</dt><dd>${value}</dd></div>`)}</dl>
    <div class="figures-copy">
      <button type="button" class="call-pill quiet" onClick=${copy}>${words.copy}</button>
      <p role="status">${said}</p>
    </div>
    <${Streams} title=${words.sent} rows=${of(true)} nameOf=${props.nameOf} />
    <${Streams} title=${words.received} rows=${of(false)} nameOf=${props.nameOf} />
  </div>`;
}
