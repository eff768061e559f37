// What is lost on the way would leave an empty page, so it is loaded again until all is there. Alone, and no module: it has
// to work where nothing else does.

(() => {
  const WAITS = [1, 2, 4, 8, 15]; // seconds until the next try, the last again and again
  const KEY = "parley-arrival"; // how many tries there have been
  const over = new AbortController();
  const { signal } = over;

  /** Something did not come. @param {Event} event */
  function lost({ target }) {
    const style = target instanceof HTMLLinkElement && target.rel === "stylesheet" ? target : null;
    const script = target instanceof HTMLScriptElement ? target : null;
    const url = style?.href || script?.src;
    if (!url || new URL(url).origin !== location.origin) return; // what somebody else put into the page
    if ((style ?? script)?.onerror) return; // whoever added it sees to it
    const tries = count(true);
    if (style && tries >= WAITS.length) return; // it never comes, and the app does without
    over.abort();
    setTimeout(load, 1000 * WAITS[Math.min(tries, WAITS.length - 1)]);
    window.addEventListener("online", load);
    document.addEventListener("readystatechange", say);
    say();
  }

  const load = () => location.reload();

  /** In the browser's language, if that is one of them. */
  function say() {
    const box = document.getElementById("not-arrived");
    const mine = box?.querySelector(`[lang=${navigator.language.slice(0, 2)}]`);
    box?.replaceChildren(mine ?? box.children[0]);
    box?.removeAttribute("hidden");
  }

  /** @param {boolean} again is there another try, or no more? @returns {number} the tries before; all where nothing may be kept */
  function count(again) {
    try {
      const tries = Number(sessionStorage[KEY]) || 0;
      if (again) sessionStorage[KEY] = tries + 1;
      else delete sessionStorage[KEY];
      return tries;
    } catch {
      return WAITS.length;
    }
  }

  function arrived() {
    over.abort();
    count(false);
  }

  window.addEventListener("error", lost, { capture: true, signal }); // that something did not come does not bubble
  window.addEventListener("load", arrived, { signal });
})();
