// How long to wait for an answer: a signal that ends in time, or with another one. `AbortSignal.any` is younger than the
// oldest browsers of the README (Safari 17.4, Firefox 124, Chrome 116).

/**
 * @param {number} ms
 * @param {AbortSignal} [signal] ends it sooner, with its reason
 * @returns {AbortSignal}
 */
export function within(ms, signal) {
  const tooLong = AbortSignal.timeout(ms);
  if (!signal) return tooLong;
  const over = new AbortController();
  for (const one of [signal, tooLong]) {
    const end = () => over.abort(one.reason);
    if (one.aborted) end();
    one.addEventListener("abort", end, { signal: over.signal });
  }
  return over.signal;
}
