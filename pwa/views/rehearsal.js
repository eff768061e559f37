/**
 * Conversations that are drawn where nobody sees them, once there is nothing else to do: whatever is opened first finds its code
 * compiled and its letters measured. That is several times what an opening takes later.
 */

import { render } from "preact";
import { conversationList } from "../state/conversations.js";
import { timeline } from "../state/messages.js";
import { Head } from "./conversation.js";
import { Message } from "./message.js";
import { html } from "./parts/html.js";

const CONVERSATIONS = 3; // the newest: rooms look other than people do
const MESSAGES = 4; // of each: what a slow phone draws between two touches

/** @typedef {import("../state/conversations.js").Row} Row */

/** The newest of those that carry nothing and hang on nothing: to draw them fetches nothing. @param {Row} row */
function plainOnes({ id }) {
  const { items } = timeline(id).peek();
  return items
    .filter((item) => item.type === "message" && !item.files.length && !item.poll && !item.reply)
    .slice(-MESSAGES);
}

const nothing = () => {};

/** Draws it, lays it out and takes it away, in one task. @param {Row} row */
function draw(row) {
  const box = document.createElement("main");
  box.className = "pane main conversation";
  Object.assign(box.style, { position: "fixed", inset: "0", visibility: "hidden" });
  document.getElementById("app")?.append(box);
  try {
    render(
      html`<${Head} row=${row} search=${nothing} />
      <div class="scroll log"><div class="log-inner"><section class="day">
        ${plainOnes(row).map((item) => html`<${Message} id=${row.id} item=${item} open=${nothing} view=${nothing} key=${item.key} />`)}
      </section></div></div>`,
      box,
    );
    box.getBoundingClientRect(); // lays it out
  } finally {
    box.remove();
    render(null, box);
  }
}

/** When the browser has nothing else to do, where it says so. @returns {Promise<void>} */
const idle = () =>
  new Promise((done) => (window.requestIdleCallback ?? window.setTimeout)(() => done()));

/** @param {Row} row */
function tryOut(row) {
  try {
    draw(row);
  } catch (error) {
    console.warn("a conversation could not be rehearsed", error); // whoever opens it sees what is wrong
  }
}

/** Returns when the newest conversations have been drawn once. */
export async function rehearse() {
  for (const row of conversationList.peek().slice(0, CONVERSATIONS)) {
    await idle();
    tryOut(row);
  }
  performance.mark("rehearsed");
}
