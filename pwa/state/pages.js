// What answers carry: rows of the list, openings and pages, put into the world. Pure; their frames pass through apply().

import { unpack } from "../protocol/codec.js";
import { apply, folded } from "./apply.js";
import { withOlder, withRow } from "./entries.js";
import { withCards } from "./people.js";
import { withConversation } from "./world.js";

/** @typedef {import("./world.js").World} World */
/** @typedef {import("../protocol/types.js").Row} Row */
/** @typedef {import("../protocol/types.js").Events} Page */
/** @typedef {import("../protocol/types.js").Opened} Opened */
/** @typedef {import("../protocol/follow.js").LoggedEvent} LoggedEvent */

/** The events in the frames of an answer, in order. @param {Uint8Array[]} frames @returns {LoggedEvent[]} */
export function eventsIn(frames) {
  return frames.flatMap((frame) =>
    unpack(frame).map(([, name, body]) => ({ name, body: /** @type {any} */ (body) })),
  );
}

/** @param {World} before @param {{name: string, body: object}[]} events @returns {World} */
export function withEvents(before, events) {
  return events.reduce((now, { name, body }) => apply(now, name, body), before);
}

/** A row of the list; `drop` forgets what is loaded of it. @param {World} before @param {Row} row @param {boolean} [drop] @returns {World} */
export function withRowOf(before, row, drop = false) {
  const last = row.last ? eventsIn([row.last])[0] : null;
  const known = before.conversations[row.conversation];
  return withConversation(before, row.conversation, () =>
    withRow(known, row, last, before.me, drop),
  );
}

/** A conversation afresh: whatever was known of it is replaced. @param {World} before @param {Opened} opened @returns {World} */
export function withOpened(before, { row, page, people }) {
  const id = row.conversation;
  const { entries, late } = folded(id, before.me, eventsIn(page.frames));
  const window = { entries, late, first: page.first || 1, older: page.more, loaded: true };
  const listed = withRowOf(withCards(before, people), row, true);
  return withConversation(listed, id, (summary) => ({ ...summary, ...window }));
}

/**
 * The page that ends before `first`; ignored if the window begins elsewhere by now.
 * @param {World} before
 * @param {number} first
 * @param {Page} page
 * @returns {World}
 */
export function withPage(before, first, page) {
  return withConversation(before, page.conversation, (now) => {
    if (now.first !== first) return now;
    const older = folded(now.id, before.me, [...eventsIn(page.frames), ...now.late]);
    return withOlder(now, older, page);
  });
}
