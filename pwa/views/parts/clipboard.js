/** Copying, on plain pages too, where the clipboard of today is not to be had. */

/** @param {string} text @returns {Promise<void>} rejects when the browser does not allow it */
export async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const box = document.createElement("textarea");
  box.value = text;
  box.readOnly = true;
  box.className = "unseen";
  (document.querySelector("dialog[open]") ?? document.body).append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  if (!done) throw new Error("the browser did not allow copying");
  return undefined;
}
