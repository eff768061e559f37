// Which call this tab is in. sessionStorage outlives a reload of the tab and is no other tab's; the Web Lock tells a tab
// that holds the call from one that was closed, for all tabs of a browser are one device.

export const PATIENCE = 1500; // ms: a tab that was just closed or loaded again lets go of its lock a moment later

const NOTHING = { call: "", startedAt: 0, video: false, muted: false };

/** @typedef {import("../state/call-desk.js").Memory} Memory */

/** @param {string} [key] what it is kept under: one kind of call each @returns {Memory} */
export function tabMemory(key = "parley.call") {
  let letGo = () => {};
  let held = "";
  return {
    read: () => read(key),
    take: async (call) => {
      if (held === call) return true;
      letGo();
      const release = await lock(`${key}.${call}`);
      if (!release) return false;
      [held, letGo] = [call, release];
      write(key, { ...read(key), call });
      return true;
    },
    note: (part) => write(key, { ...read(key), ...part }),
    drop: () => {
      letGo();
      [held, letGo] = ["", () => {}];
      sessionStorage.removeItem(key);
    },
  };
}

/** @param {string} key */
function read(key) {
  try {
    return { ...NOTHING, ...JSON.parse(sessionStorage.getItem(key) ?? "{}") };
  } catch {
    return NOTHING;
  }
}

/** @param {string} key @param {typeof NOTHING} kept */
function write(key, kept) {
  sessionStorage.setItem(key, JSON.stringify(kept));
}

/** Resolves to how to let go, or null when another tab keeps it. A plain page has no locks, and no calls to speak of.
 * @param {string} name @returns {Promise<(() => void) | null>} */
function lock(name) {
  if (!navigator.locks) return Promise.resolve(() => {});
  return new Promise((resolve) => {
    const hold = () => new Promise((done) => resolve(() => done(undefined)));
    const kept = () => resolve(null);
    navigator.locks.request(name, { signal: AbortSignal.timeout(PATIENCE) }, hold).catch(kept);
  });
}
