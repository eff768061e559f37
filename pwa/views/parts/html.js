/** The template tag: htm over preact, so that markup needs no build step and is never parsed from a string at run time. */

import htm from "htm";
import { h } from "preact";

export const html = htm.bind(h);

/** @typedef {ReturnType<typeof html>} Markup */
