/** An address for something that is only in memory, given back when it is no longer shown. */

import { useEffect, useState } from "preact/hooks";

/** @param {Blob|string|null} content @param {string} [type] media type of a text @returns {string} "" at first */
export function useObjectUrl(content, type) {
  const [url, setUrl] = useState("");
  useEffect(() => {
    if (content === null) return undefined;
    const made = URL.createObjectURL(
      content instanceof Blob ? content : new Blob([content], { type }),
    );
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [content, type]);
  return url;
}
