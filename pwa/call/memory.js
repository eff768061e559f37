// Which call this tab is in. sessionStorage outlives a reload of the tab and is no other tab's; the Web Lock tells a tab
// that holds the call from one that was closed, for all tabs of a browser are one device.

const KEY = "parley.call";
const NOTHING = { call: "", startedAt: 0, video: false };

/** @typedef {import("../state/call-desk.js").Memory} Memory */

/** @returns {Memory} */
export function tabMemory() {
  let letGo = () => {};
  let held = "";
  return {
    read,
    take: async (call) => {
      if (held === call) return true;
      letGo();
      const release = await lock(`parley.call.${call}`);
      if (!release) return false;
      [held, letGo] = [call, release];
      write({ ...read(), call });
      return true;
    },
    note: (part) => write({ ...read(), ...part }),
    drop: () => {
      letGo();
      [held, letGo] = ["", () => {}];
      sessionStorage.removeItem(KEY);
    },
  };
}

function read() {
  try {
    return { ...NOTHING, ...JSON.parse(sessionStorage.getItem(KEY) ?? "{}") };
  } catch {
    return NOTHING;
  }
}

/** @param {typeof NOTHING} kept */
function write(kept) {
  sessionStorage.setItem(KEY, JSON.stringify(kept));
}

/** Resolves to how to let go, or null when another tab has it. A plain page has no locks, and no calls to speak of.
 * @param {string} name @returns {Promise<(() => void) | null>} */
function lock(name) {
  if (!navigator.locks) return Promise.resolve(() => {});
  return new Promise((resolve) => {
    navigator.locks.request(name, { ifAvailable: true }, (granted) => {
      if (!granted) {
        resolve(null);
        return undefined;
      }
      return new Promise((done) => resolve(() => done(undefined)));
    });
  });
}
