// How much of the server's disk one's own files take.

import { request } from "../protocol/rest.js";

/** @typedef {{used: number, quota: number, room: number}} Usage bytes; `quota` 0 is no limit but the disk's */

/** @returns {Promise<Usage|null>} null where it cannot be asked now */
export async function usage() {
  try {
    return (await request("GET", "/api/files")).body;
  } catch {
    return null;
  }
}
