/** How large the window is, and what of the page the on-screen keyboard covers. */

const read = () => ({ width: window.innerWidth, height: window.innerHeight });

let size = read();
window.addEventListener("resize", () => {
  size = read();
});

/** The window in px, as it was last told: to ask the browser would lay out first all that has just changed. */
export const windowSize = () => size;

/** Keeps `--keyboard` right until `signal` aborts. Only iOS needs it: elsewhere the page itself is resized. @param {AbortSignal} signal */
export function followKeyboard(signal) {
  const view = window.visualViewport;
  if (!view) return;
  const measure = () => {
    const covered = view.scale > 1.01 ? 0 : window.innerHeight - view.height - view.offsetTop;
    document.documentElement.style.setProperty(
      "--keyboard",
      `${Math.max(0, Math.round(covered))}px`,
    );
  };
  view.addEventListener("resize", measure, { signal });
  view.addEventListener("scroll", measure, { signal });
  measure();
}
