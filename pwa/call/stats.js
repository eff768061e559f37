// What the line is like, from the browser's own figures (W3C webrtc-stats), as one of three words.

/**
 * @typedef {object} Sample
 * @property {number} at ms
 * @property {number} lost packets lost on the way to us, so far
 * @property {number} came packets that arrived, so far
 * @property {number} frames video frames decoded, so far
 * @property {number} roundTrip ms, 0 while unknown
 */
/** @typedef {"" | "good" | "fair" | "poor"} Quality */

/** Loss and delay at which speech becomes tiring and then hard (ITU-T G.114: 150 ms and 400 ms one way). */
const FAIR = { loss: 0.03, roundTrip: 300 };
const POOR = { loss: 0.1, roundTrip: 800 };

/** @param {Iterable<Record<string, any>>} report the values of an RTCStatsReport @param {number} at ms @returns {Sample} */
export function sampleOf(report, at) {
  const sample = { at, lost: 0, came: 0, frames: 0, roundTrip: 0 };
  for (const one of report) {
    if (one.type === "inbound-rtp") {
      sample.lost += Math.max(0, one.packetsLost ?? 0);
      sample.came += one.packetsReceived ?? 0;
      sample.frames += one.framesDecoded ?? 0;
    } else if (one.type === "candidate-pair" && one.nominated && one.currentRoundTripTime) {
      sample.roundTrip = one.currentRoundTripTime * 1000;
    }
  }
  return sample;
}

/** How the time between two samples was. @param {Sample} before @param {Sample} now @returns {Quality} */
export function judge(before, now) {
  const came = now.came - before.came;
  const lost = Math.max(0, now.lost - before.lost);
  if (came <= 0) return before.came ? "poor" : "";
  const loss = lost / (lost + came);
  if (loss >= POOR.loss || now.roundTrip >= POOR.roundTrip) return "poor";
  return loss >= FAIR.loss || now.roundTrip >= FAIR.roundTrip ? "fair" : "good";
}
