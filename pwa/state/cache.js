// IndexedDB: the last conversations, people and oneself, so that the app opens with no network; and the outbox's shelf.
// Where the browser refuses storage everything still works, and is gone with the page.

import { openDB } from "idb";

/** @typedef {import("./world.js").Conversation} Conversation */
/** @typedef {import("./world.js").Person} Person */
/** @typedef {import("./outbox.js").Item} Item */
/** @typedef {{conversation: Conversation, have: number}} Held */
/**
 * @typedef {object} Kept
 * @property {{me: string, device: string}|null} who
 * @property {string} epoch of the store all this came from
 * @property {number} directory the directory's seq that `people` is as of, 0 if it was never read
 * @property {import("../protocol/types.js").Mark[]} owed marks the server may not have
 * @property {Record<string, import("./world.js").Preference>} preferences
 * @property {string[]} blocked people one has blocked
 * @property {Person[]} people
 * @property {Held[]} conversations
 */

const VERSION = 4; // 2: what stands of messages; 3: recordings; 4: wishes
const RESHAPED = 2; // what was fetched before is of another shape: the server has it all
const NEWEST = 100; // entries kept of a conversation
const FETCHED = /** @type {const} */ (["kept", "people", "conversations"]);
const OWN = /** @type {const} */ (["outbox", "recordings", "wishes"]); // the server does not have it

/** @param {string} [name] @returns {Promise<Cache|null>} null where storage is refused */
export async function openCache(name = "parley") {
  try {
    const database = await openDB(name, VERSION, {
      upgrade(fresh, before) {
        const old = before > 0 && before < RESHAPED ? FETCHED : [];
        for (const place of old) fresh.deleteObjectStore(place);
        const there = fresh.objectStoreNames;
        const missing = [...FETCHED, ...OWN].filter((place) => !there.contains(place));
        for (const place of missing) fresh.createObjectStore(place);
      },
      blocking: () => database.close(), // a newer page needs to upgrade
    });
    return new Cache(database);
  } catch {
    return null;
  }
}

export class Cache {
  /** @type {Map<string, object>} what is on disk, by the object that was written: only what changed is written again */
  #written = new Map();

  /** @param {import("idb").IDBPDatabase} database */
  constructor(database) {
    this.database = database;
  }

  /** @returns {Promise<Kept>} */
  async read() {
    const steps = this.database.transaction(FETCHED);
    const kept = steps.objectStore("kept");
    const [who, epoch, directory, owed, preferences, blocked, people, conversations] =
      await Promise.all([
        kept.get("who"),
        kept.get("epoch"),
        kept.get("directory"),
        kept.get("owed"),
        kept.get("preferences"),
        kept.get("blocked"),
        steps.objectStore("people").getAll(),
        steps.objectStore("conversations").getAll(),
      ]);
    this.#written = new Map(people.map((one) => [one.id, one]));
    for (const { conversation } of conversations) this.#written.set(conversation.id, conversation);
    return {
      who: who ?? null,
      epoch: epoch ?? "",
      directory: directory ?? 0,
      owed: owed ?? [],
      preferences: preferences ?? {},
      blocked: blocked ?? [],
      people,
      conversations,
    };
  }

  /** Writes what changed since the last time, all of it or nothing. @param {Kept} now */
  async write(now) {
    const { who, epoch, directory, owed, preferences, blocked } = now;
    const steps = this.database.transaction(FETCHED, "readwrite");
    const kept = Object.entries({ who, epoch, directory, owed, preferences, blocked });
    for (const [name, value] of kept) steps.objectStore("kept").put(value, name);
    const written = new Map();
    for (const person of now.people) {
      written.set(person.id, person);
      if (this.#written.get(person.id) !== person)
        steps.objectStore("people").put(person, person.id);
    }
    for (const { conversation, have } of now.conversations) {
      const { id } = conversation;
      const before = this.#written.get(id);
      const keeps = before === conversation || (before && conversation.newer); // the middle is no place to open
      written.set(id, keeps ? before : conversation);
      if (keeps) continue;
      steps.objectStore("conversations").put({ conversation: newest(conversation), have }, id);
    }
    for (const id of this.#written.keys()) {
      if (written.has(id)) continue;
      steps.objectStore("people").delete(id);
      steps.objectStore("conversations").delete(id);
    }
    this.#written = written;
    await steps.done;
  }

  /** Forgets what came from the server; `all` forgets too what waits to be sent. @param {{all: boolean}} options */
  async clear({ all }) {
    this.#written.clear();
    const places = all ? [...FETCHED, ...OWN] : FETCHED;
    const steps = this.database.transaction(places, "readwrite");
    await Promise.all([...places.map((place) => steps.objectStore(place).clear()), steps.done]);
  }

  /** Where the outbox keeps its items. @returns {import("./outbox.js").Shelf} */
  get outbox() {
    return {
      all: () => this.database.getAll("outbox"),
      put: async (item) => void (await this.database.put("outbox", item, item.nonce)),
      remove: (nonce) => this.database.delete("outbox", nonce),
    };
  }

  /** Where small things that were asked for are kept. @returns {import("./wishes.js").Shelf} */
  get wishes() {
    return {
      all: () => this.database.getAll("wishes"),
      put: (wish) => this.database.put("wishes", wish, wish.key),
      remove: (key) => this.database.delete("wishes", key),
    };
  }

  /** Where recordings are kept, a row a piece. @returns {import("./unsent.js").Shelf} */
  get recordings() {
    const { database } = this;
    const every = (/** @type {string} */ id) => IDBKeyRange.bound([id], [id, []]);
    return {
      all: () => database.getAll("recordings"),
      put: (row) => database.put("recordings", row, [row.id, row.at]),
      settle: (row) => {
        const steps = database.transaction("recordings", "readwrite");
        return Promise.all([
          steps.store.delete(every(row.id)),
          steps.store.put(row, [row.id, row.at]),
          steps.done,
        ]);
      },
      remove: (id) => database.delete("recordings", every(id)),
    };
  }
}

/** The newest entries of a conversation, as a window of its own. @param {Conversation} conversation @returns {Conversation} */
function newest(conversation) {
  if (conversation.entries.length <= NEWEST) return conversation;
  const entries = conversation.entries.slice(-NEWEST);
  return { ...conversation, entries, first: entries[0].seq, older: true };
}
