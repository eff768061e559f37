// What the server says of itself.

/** The version it runs, such as "2026.1". @returns {Promise<string>} "" when it cannot be asked now */
export async function serverVersion() {
  try {
    const answer = await fetch("/health", { headers: { accept: "application/json" } });
    return String((await answer.json()).version ?? "");
  } catch {
    return "";
  }
}
