// The ways in which asking fails: the server said no, the line is gone, or what came cannot be read.

/** @typedef {{code: string, field: string, message: string}} Said what the server said; `message` is English, "" if it had none */

let words = (/** @type {Said} */ { message, code }) => message || code;

/** From now on failures are said so: by who knows the language of the page. @param {(said: Said) => string} sentence */
export function sayFailures(sentence) {
  words = sentence;
}

/** Codes of refusals that say "not now" rather than "no": only time is needed for them. */
export const NOT_NOW = ["not-read", "not-saved", "slow-down"];

/** The server refused. `message` is written for people; `code` is for programs; `field` names what was at fault. */
export class Refused extends Error {
  /** @param {{code?: string, message?: string, field?: string}} body */
  constructor({ code = "internal", message = "", field = "" }) {
    super(words({ code, message, field }));
    this.name = "Refused";
    this.code = code;
    this.field = field;
  }
}

/** No answer came because there is no connection. Whether it was done is unknown; a nonce makes asking again safe. */
export class Lost extends Error {
  constructor() {
    super(words({ code: "lost", message: "", field: "" }));
    this.name = "Lost";
  }
}

/** Bytes that are not values of the protocol. */
export class BadFrame extends Error {}
