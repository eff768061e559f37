/** Whether one looks at camera and microphone before a call, and how. */

import { useEffect, useState } from "preact/hooks";
import { isInCall } from "../../state/gathering.js";

/**
 * How one looks, null while one does not, and the way to say so. A call ends it:
 * camera and microphone are the call's, and they are not to open by themselves after it.
 * @template T @returns {[T|null, (how: T|null) => void]}
 */
export function useLook() {
  const [look, setLook] = useState(/** @type {T|null} */ (null));
  const busy = isInCall.value;
  useEffect(() => {
    if (busy) setLook(null);
  }, [busy, look]);
  return [busy ? null : look, setLook];
}
