/** What of the page the on-screen keyboard covers. Only iOS needs it: elsewhere the page itself is resized. */

/** Keeps `--keyboard` right until `signal` aborts. @param {AbortSignal} signal */
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
