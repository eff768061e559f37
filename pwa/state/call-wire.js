// What a call's engine hears and says by way of the server: to the other device, and to the forwarding unit.

/** @typedef {import("./call-desk.js").House} House */

export class Wire {
  #house;
  #held;

  /** @param {Pick<House, "ask" | "hear" | "standing" | "self">} house @param {import("./call-held.js").Held} held */
  constructor(house, held) {
    this.#house = house;
    this.#held = held;
  }

  /** Begin to hear. Gives how to stop. */
  follow() {
    const { hear } = this.#house;
    return [
      hear("call.offered", ({ call, sdp }) => this.#take(call, "offer", sdp)),
      hear("call.answered", ({ call, sdp, offer }) => this.#take(call, "answer", sdp, offer)),
      hear("call.candidate", ({ call, candidate }) => this.#take(call, "candidate", candidate)),
      hear("call.media", (offer) => this.#take(offer.call, "media", offer)),
      hear("call.shown", ({ call, floors }) => this.#take(call, "floors", floors)),
    ];
  }

  /** To the other device, or, while it rings, to one of those. @param {import("../call/peer.js").SignalKind} kind @param {string} content @param {import("../call/peer.js").SignalMore} [more] */
  signal(kind, content, more = {}) {
    const now = this.#held.going;
    const call = this.#house.standing.value.find((one) => one.call.call === now?.call)?.call;
    if (!call) return;
    const to = call.device === this.#house.self().device ? call.picked_up_by : call.device;
    this.say(`call.${kind}`, {
      to,
      ...(kind === "candidate" ? { candidate: content } : { sdp: content }),
      ...more,
    });
  }

  /** About this call, once: what was lost with the line is said again when it is back. @param {string} name @param {object} body */
  say(name, body) {
    const now = this.#held.going;
    if (!now) return;
    const { conversation, call } = now;
    this.#house.ask(name, { conversation, call, ...body }).catch(ignore);
  }

  /** @param {string} call @param {import("../call/engine.js").SignalKind} kind @param {any} content @param {string} [offer] */
  #take(call, kind, content, offer) {
    if (this.#held.is(call)) this.#held.engine?.take(kind, content, offer);
  }
}

function ignore() {}
