/* What one types is kept on this device until it is sent, two weeks at most: a lost connection or a closed tab loses
   nothing. Forms with a text area only; never passwords, files or cards; gone when one logs out. */
(() => {
  const KEPT_MS = 14 * 24 * 3600 * 1000;
  const PREFIX = "draft:";
  const SENT = "draft-sent";
  const note = document.getElementById("draft-note");
  const form = [...document.querySelectorAll("main form")].find(
    (one) => one.method === "post" && one.querySelector("textarea") && !one.querySelector("[autocomplete^=cc-], [type=password]"),
  );
  let waiting;
  const key = `${PREFIX}${document.body.dataset.member || ""}:${location.pathname}`;

  const store = (change) => {
    try {
      return change(localStorage);
    } catch {
      return null; /* No storage, or it is full: then nothing is kept. */
    }
  };
  const forget = (which) => store((kept) => kept.removeItem(which));
  const fields = () =>
    [...form.elements].filter((one) => one.name && one.name !== "csrfmiddlewaretoken" && !/^(hidden|file|submit|button|password)$/.test(one.type));
  const read = () => JSON.stringify(fields().map((one) => (/^(checkbox|radio)$/.test(one.type) ? [one.name, one.value, one.checked] : [one.name, one.value])));
  const write = (values) => {
    const all = fields();
    values.forEach(([name, value, checked], at) => {
      const one = all[at];
      if (!one || one.name !== name) return;
      if (checked === undefined) one.value = value;
      else one.checked = checked;
      one.dispatchEvent(new Event("input", { bubbles: true }));
    });
  };

  const clean = () =>
    store((kept) => {
      const sent = sessionStorage.getItem(SENT);
      sessionStorage.removeItem(SENT);
      const came_back = form && sent === key && form.querySelector(".field--bad, [data-focus]");
      if (sent && !came_back) kept.removeItem(sent);
      for (const name of Object.keys(kept)) {
        if (name.startsWith(PREFIX) && !(JSON.parse(kept.getItem(name)).at > Date.now() - KEPT_MS)) kept.removeItem(name);
      }
    });

  const offer_back = (begun_with) => {
    const kept = store((all) => JSON.parse(all.getItem(key)));
    if (!kept || kept.text === begun_with || kept.begun_with !== begun_with) return;
    write(JSON.parse(kept.text));
    const said = note.content.firstElementChild.cloneNode(true);
    form.prepend(said);
    said.querySelector("button").addEventListener("click", () => {
      forget(key);
      write(JSON.parse(begun_with));
      said.remove();
    });
  };

  document.addEventListener("submit", (event) => {
    if (event.target === form) {
      clearTimeout(waiting);
      store(() => sessionStorage.setItem(SENT, key));
    }
    if (event.target.getAttribute("action") !== "/accounts/logout/") return;
    store((kept) => Object.keys(kept).filter((name) => name.startsWith(PREFIX)).forEach(forget));
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target === form && event.detail.successful) store((kept) => (sessionStorage.removeItem(SENT), kept.removeItem(key)));
  });
  clean();
  if (!form || !note || form.querySelector(".field--bad")) return;
  const begun_with = read();
  offer_back(begun_with);
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => store((kept) => kept.setItem(key, JSON.stringify({ at: Date.now(), begun_with, text: read() }))), 400);
  });
})();
