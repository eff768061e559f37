/** What can wait until the next frame is on the screen. Preact's own effects may come before it on a slow phone: a timer starts them too. */

import { useLayoutEffect, useState } from "preact/hooks";

/** @param {() => void} act @returns {() => void} calls it off */
export function afterPaint(act) {
  let due = true;
  const frame = requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel(); // its turn comes when the frame is painted
    port1.onmessage = () => due && act();
    port2.postMessage(0);
  });
  return () => {
    due = false;
    cancelAnimationFrame(frame);
  };
}

/** Whether the frame after this drawing is on the screen. @param {boolean} soon what comes does not wait for it */
export function usePainted(soon) {
  const [painted, paint] = useState(soon);
  useLayoutEffect(() => (painted ? undefined : afterPaint(() => paint(true))), []);
  return painted;
}
