// Every message to the backend passes here before it is encrypted (W1, isolation pattern). A message of another shape
// than the app's own pages send is stopped before the backend sees it; what it may ask is decided there.
(() => {
  const LONGEST = 64 * 1024 * 1024;
  const fromOurPages = (message) =>
    typeof message === "object" &&
    message !== null &&
    typeof message.cmd === "string" &&
    (/^[a-z][a-z_]*$/.test(message.cmd) || /^plugin:event\|(listen|unlisten)$/.test(message.cmd));
  const fits = (message) => {
    const { payload } = message;
    if (payload instanceof ArrayBuffer || ArrayBuffer.isView(payload)) return payload.byteLength <= LONGEST;
    return JSON.stringify(payload ?? null).length <= LONGEST;
  };
  window.__TAURI_ISOLATION_HOOK__ = (message) => {
    if (fromOurPages(message) && fits(message)) return message;
    throw new TypeError("a message that the app's pages never send");
  };
})();
