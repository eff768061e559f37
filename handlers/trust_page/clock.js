/** Compares this device's clock with the server's: a certificate is only good between two moments. */

const TOO_MUCH = 10 * 60 * 1000; // ms; less does not matter to a certificate that began 30 days ago

/**
 * A sentence when the two differ by ten minutes or more, or nothing.
 * @param {number} here ms since the epoch
 * @param {number} there ms since the epoch
 * @param {(at: number) => string} say a moment in the device's own words
 */
export function clockAdvice(here, there, say) {
  if (Math.abs(here - there) < TOO_MUCH) return "";
  return (
    `The clock here says ${say(here)}, and the one of Parley’s machine ${say(there)}. ` +
    "Phones refuse certificates when the time is wrong. Set the one that is wrong to automatic, then open this page again."
  );
}
