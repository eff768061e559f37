/** What was dropped on the page: files, and what is in folders, as far as one message carries. */

const MOST = 200; // files looked at in folders

/** @param {DragEvent} event */
export function carriesFiles(event) {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

/** To be called while the event lasts: afterwards the browser no longer tells. @param {DataTransfer|null} carried @returns {Promise<File[]>} */
export async function droppedFiles(carried) {
  const entries = [...(carried?.items ?? [])].map((item) => item.webkitGetAsEntry?.() ?? null);
  if (!entries.some((entry) => entry?.isDirectory)) return [...(carried?.files ?? [])];
  /** @type {File[]} */
  const found = [];
  for (const entry of entries) if (entry) await gather(entry, found);
  return found;
}

/** @param {FileSystemEntry} entry @param {File[]} found */
async function gather(entry, found) {
  if (found.length >= MOST || entry.name.startsWith(".")) return;
  if (entry.isFile) {
    const file = /** @type {FileSystemFileEntry} */ (entry);
    const one = await new Promise((done) => file.file(done, () => done(null)));
    if (one) found.push(one);
    return;
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((done) => reader.readEntries(done, () => done([])));
    if (!some.length || found.length >= MOST) return;
    for (const inner of some) await gather(inner, found);
  }
}
