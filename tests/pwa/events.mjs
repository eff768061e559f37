// Events as the server tells them, with the fields a test does not care about filled in.

export const ANNA = "paaaaaaaaaaaaa";
export const BEN = "pbbbbbbbbbbbbb";
export const DIRECT = `direct.${ANNA}.${BEN}`;

/** The log of the direct conversation of Anna and Ben: each call gives the next event. */
export class Log {
  seq = 0;

  say(name, author, fields = {}) {
    this.seq += 1;
    const at = 1_700_000_000_000 + this.seq * 1000;
    return { name, body: { conversation: DIRECT, seq: this.seq, author, at, ...fields } };
  }

  created() {
    return this.say("conversation.created", ANNA, { kind: "direct", members: [ANNA, BEN] });
  }

  sent(author, text, fields = {}) {
    return this.say("message.sent", author, {
      text,
      files: [],
      nonce: `n${this.seq + 1}`,
      ...fields,
    });
  }

  rang(author, call = "c1", video = false) {
    return this.say("call.rang", author, { call, device: "d1", video });
  }

  pickedUp(author, target, call = "c1") {
    return this.say("call.picked_up", author, { target, call, device: "d2" });
  }

  relayed(call = "c1") {
    return this.say("call.relayed", "", { call });
  }

  ended(author, target, caller, reason = "ended", call = "c1") {
    return this.say("call.ended", author, {
      target,
      call,
      caller,
      reason,
      video: false,
      seconds: 7,
    });
  }
}

export const mark = (person, read, delivered = read) => ({
  name: "mark.changed",
  body: { conversation: DIRECT, person, read, delivered },
});

/** The same value, in which nothing can be changed. */
export function frozen(value) {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}
