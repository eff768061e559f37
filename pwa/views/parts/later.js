/** Screens whose code comes after the first one's: when they are wanted, or once there is time. */

import { effect, signal } from "@preact/signals-core";
import { connection } from "../../state/connection.js";
import { html } from "./html.js";

/** @type {Set<() => Promise<void>>} */
const all = new Set();

/** @type {Map<string, Promise<void>>} */
const sheets = new Map();

/** @param {string} name of a file in styles/ @returns {Promise<void>} when it applies */
function sheet(name) {
  const coming = sheets.get(name) ?? fetchSheet(name);
  sheets.set(name, coming);
  return coming;
}

/** @param {string} name @returns {Promise<void>} */
function fetchSheet(name) {
  return new Promise((done, failed) => {
    const link = Object.assign(document.createElement("link"), {
      rel: "stylesheet",
      href: `/styles/${name}.css`,
      onload: () => done(),
      onerror: () => {
        sheets.delete(name);
        link.remove();
        failed(new Error(`the style ${name} did not come`));
      },
    });
    document.head.append(link);
  });
}

/** @typedef {() => Promise<any>} Load resolves to a component */

/**
 * A component that is fetched with its styles; nothing is shown until both are there.
 * @param {Load} load @param {string[]} styles names of files in styles/
 */
export const later = (load, ...styles) => fetched(load, styles, null);

/** The same for what fills a pane: on a slow line it says that it comes. @param {Load} load @param {string[]} styles */
export const laterScreen = (load, ...styles) =>
  fetched(load, styles, html`<div class="empty"><span class="spinner late"></span></div>`);

/** @param {Load} load @param {string[]} styles @param {any} meanwhile */
function fetched(load, styles, meanwhile) {
  const screen = signal(/** @type {any} */ (null));
  /** @type {Promise<void>|null} */
  let coming = null;
  const bring = async () => {
    try {
      [screen.value] = await Promise.all([load(), ...styles.map(sheet)]);
    } catch {
      coming = null; // no network: tried again at the next look
    }
  };
  const fetch = () => {
    coming ??= bring();
    return coming;
  };
  all.add(fetch);
  return function Later(/** @type {object} */ props) {
    if (screen.value) return html`<${screen.value} ...${props} />`;
    if (connection.value.state) fetch(); // read, so that a new connection is a new look
    return meanwhile;
  };
}

/** Brings everything that has not been wanted yet, one after another. */
export async function fetchRest() {
  for (const fetch of all) await fetch();
}

/**
 * Code that is no screen. Without a network it is asked for again whenever the connection changes.
 * @template T @param {() => Promise<T>} load @returns {Promise<T>}
 */
export async function insist(load) {
  for (;;) {
    try {
      return await load();
    } catch {
      await aChange();
    }
  }
}

/** @returns {Promise<void>} when the connection is another than now */
function aChange() {
  const before = connection.peek();
  return new Promise((done) => {
    const stop = effect(() => {
      if (connection.value === before) return;
      queueMicrotask(() => stop());
      done();
    });
  });
}
