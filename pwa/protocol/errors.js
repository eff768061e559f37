// The two ways in which asking fails: the server said no, or the line is gone.

/** The server refused. `message` is written for people; `code` is for programs; `field` names what was at fault. */
export class Refused extends Error {
  /** @param {{code?: string, message?: string, field?: string}} body */
  constructor({ code = "internal", message = "Something went wrong. Try again.", field = "" }) {
    super(message);
    this.name = "Refused";
    this.code = code;
    this.field = field;
  }
}

/** No answer came because there is no connection. Whether it was done is unknown; a nonce makes asking again safe. */
export class Lost extends Error {
  constructor(message = "There is no connection to the server just now.") {
    super(message);
    this.name = "Lost";
  }
}

/** Bytes that are not values of the protocol. */
export class BadFrame extends Error {}
