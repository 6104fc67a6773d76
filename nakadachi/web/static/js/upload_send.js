/* One file to the server in pieces. A broken line goes on from where the server stopped, also after a reload. */
(() => {
  const HOME = "/files/uploads/";
  const PIECE_MIN = 256 * 1024, PIECE_MAX = 4 * 1024 * 1024, QUICK_MS = 1000;
  const WAITS_MS = [500, 1000, 2000, 4000, 8000, 15000, 30000, 30000];

  class Refused extends Error {}

  const ask = async (method, address, body, headers, signal) => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(address, { method, body, signal, headers: { "X-CSRFToken": token, ...headers } });
    if (answer.redirected) throw new Refused("");
    if ([403, 413, 422, 429].includes(answer.status)) {
      const told = await answer.json().catch(() => ({}));
      throw new Refused(told.sentence || "");
    }
    if (!answer.ok && ![404, 409].includes(answer.status)) throw new Error(String(answer.status));
    return answer;
  };

  /* What this browser remembers of uploads of this page. Without a memory everything works but resuming. */
  const place = `upload ${location.pathname} `;
  const nameOf = (file) => `${place}${file.name} ${file.size} ${file.lastModified}`;
  const remembered = (work, otherwise) => {
    try { return work(localStorage); } catch { return otherwise; }
  };
  const recall = (file) => remembered((kept) => JSON.parse(kept.getItem(nameOf(file)) || "null"), null);
  const remember = (file, token) =>
    remembered((kept) => kept.setItem(nameOf(file), JSON.stringify({ token, name: file.name, size: file.size })));
  const all = () =>
    remembered((kept) => Object.keys(kept).filter((key) => key.startsWith(place)).map((key) => JSON.parse(kept[key])), []);
  const forget = (token = "") =>
    remembered((kept) => Object.keys(kept)
      .filter((key) => key.startsWith(place) && (!token || kept[key].includes(token)))
      .forEach((key) => kept.removeItem(key)));

  const reached = (answer) => Number(answer.headers.get("Upload-Offset") || 0);
  const pause = (ms) => new Promise((go) => setTimeout(go, ms));

  /* How far the server is with a token; null when it knows nothing of it. */
  const progressOf = async (token, signal) => {
    const answer = await ask("HEAD", `${HOME}${token}/`, undefined, {}, signal);
    return answer.status === 404 ? null : reached(answer);
  };

  const announce = async (file, signal) => {
    const words = new URLSearchParams({ name: file.name, size: file.size });
    const token = (await (await ask("POST", HOME, words, {}, signal)).json()).token;
    remember(file, token);
    return token;
  };

  const send = async (file, { onProgress, onWait, signal }) => {
    let token = (recall(file) || {}).token, offset = null, piece = PIECE_MIN, tries = 0;
    for (;;) {
      try {
        if (token && offset === null) offset = await progressOf(token, signal);
        if (!token || offset === null) [token, offset] = [await announce(file, signal), 0];
        onProgress(offset);
        if (offset >= file.size) return token;
        const began = performance.now();
        const headers = { "Upload-Offset": offset, "Content-Type": "application/offset+octet-stream" };
        const answer = await ask("PATCH", `${HOME}${token}/`, file.slice(offset, offset + piece), headers, signal);
        if (answer.status === 404) token = offset = null;
        else offset = reached(answer);
        if (performance.now() - began < QUICK_MS) piece = Math.min(piece * 2, PIECE_MAX);
        tries = 0;
      } catch (problem) {
        if (problem instanceof Refused && problem.message && token) forget(token);
        if (problem instanceof Refused || signal.aborted || tries >= WAITS_MS.length) throw problem;
        offset = null;
        onWait();
        await pause(WAITS_MS[tries++]);
      }
    }
  };

  const drop = (token) => (forget(token), ask("DELETE", `${HOME}${token}/`, undefined, {}).catch(() => {}));
  window.uploads = { send, drop, forget, all, progressOf, Refused };
})();
