// Where one's conversations can be fetched as an archive. The browser downloads it; nothing of it passes the page.

/** @param {{language: string, conversation?: string, files?: boolean}} asked without a conversation, all of them */
export function exportUrl({ language, conversation = "", files = false }) {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  const asked = new URLSearchParams({ zone, language });
  if (conversation) asked.set("conversation", conversation);
  if (files) asked.set("files", "1");
  return `/api/export?${asked}`;
}
