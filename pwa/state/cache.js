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
 * @property {Person[]} people
 * @property {Held[]} conversations
 */

const VERSION = 1;
const NEWEST = 100; // entries kept of a conversation
const PLACES = /** @type {const} */ (["kept", "people", "conversations", "outbox"]);

/** @param {string} [name] @returns {Promise<Cache|null>} null where storage is refused */
export async function openCache(name = "parley") {
  try {
    const database = await openDB(name, VERSION, {
      upgrade(fresh) {
        for (const place of PLACES) fresh.createObjectStore(place);
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
    const steps = this.database.transaction(PLACES);
    const kept = steps.objectStore("kept");
    const [who, epoch, directory, owed, people, conversations] = await Promise.all([
      kept.get("who"),
      kept.get("epoch"),
      kept.get("directory"),
      kept.get("owed"),
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
      people,
      conversations,
    };
  }

  /** Writes what changed since the last time, all of it or nothing. @param {Kept} now */
  async write(now) {
    const { who, epoch, directory, owed } = now;
    const steps = this.database.transaction(["kept", "people", "conversations"], "readwrite");
    const kept = Object.entries({ who, epoch, directory, owed });
    for (const [name, value] of kept) steps.objectStore("kept").put(value, name);
    const written = new Map();
    for (const person of now.people) {
      written.set(person.id, person);
      if (this.#written.get(person.id) !== person)
        steps.objectStore("people").put(person, person.id);
    }
    for (const { conversation, have } of now.conversations) {
      const { id } = conversation;
      written.set(id, conversation);
      if (this.#written.get(id) === conversation) continue;
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

  /** Forgets what came from the server; `all` forgets the outbox too. @param {{all: boolean}} options */
  async clear({ all }) {
    this.#written.clear();
    const places = all ? PLACES : PLACES.filter((place) => place !== "outbox");
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
}

/** The newest entries of a conversation, as a window of its own. @param {Conversation} conversation @returns {Conversation} */
function newest(conversation) {
  if (conversation.entries.length <= NEWEST) return conversation;
  const entries = conversation.entries.slice(-NEWEST);
  return { ...conversation, entries, first: entries[0].seq, older: true };
}
