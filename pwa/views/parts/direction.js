/** Which way the page is read. */

/** 1 where the next thing stands to the right, -1 where it stands to the left. */
export const onward = () => (document.documentElement.dir === "rtl" ? -1 : 1);
