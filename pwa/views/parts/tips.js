/** What a button without words is called: the browser's own tip says it where a mouse rests, of every such button. */

/** @type {WeakMap<Element, string>} */
const given = new WeakMap();

/** @param {AbortSignal} signal */
export function followTips(signal) {
  const rest = (/** @type {PointerEvent} */ { target, pointerType }) => {
    if (pointerType !== "mouse" || !(target instanceof Element)) return;
    const button = target.closest(".icon-button[aria-label]");
    const name = button?.getAttribute("aria-label");
    if (!button || !name) return;
    if ((button.getAttribute("title") ?? undefined) !== given.get(button)) return; // it has a tip of its own
    given.set(button, name);
    button.setAttribute("title", name);
  };
  document.addEventListener("pointerover", rest, { signal, passive: true });
}
