/* A thread of messages: what is new comes in by itself, what is in view counts as read, Ctrl+Enter sends, and a phrase
   is put into the field by a tap. Without it the page is read again by hand and everything else works the same. */
(() => {
  const log = document.getElementById("talk-log");
  const QUICK_MS = 4000, SLOW_MS = 20000, CALM_AFTER = 40;
  let rounds = 0, wasAtEnd = true, told = "";
  if (!log) return;
  const latest = document.getElementById("latest");
  const part = (name) => document.getElementById(`talk-${name}`);
  const inView = () => document.visibilityState === "visible";
  const atEnd = () => latest.getBoundingClientRect().top < innerHeight + 120;
  const toEnd = () => latest.scrollIntoView({ block: "end" });

  const settle = () => {
    const read = Number(part("news") ? part("news").dataset.read : 0), form = part("read");
    for (const one of log.querySelectorAll("[data-own]")) {
      const mark = one.querySelector(".talk__read");
      if (mark && Number(one.dataset.own) <= read) mark.hidden = false;
    }
    const button = form && form.querySelector("button");
    if (button) button.hidden = true;
    if (!form || !inView() || form.dataset.unread === "0" || form.elements.until.value === told) return;
    window.htmx.trigger(form, "talk:read");
  };

  const prepare = () => {
    const form = part("form");
    for (const row of form ? form.querySelectorAll("[data-phrases]") : []) row.hidden = false;
    settle();
  };

  const empty = (form) => {
    const text = form.querySelector("textarea");
    text.value = "";
    form.querySelectorAll("[data-uploads-list] > li, .form-errors").forEach((one) => one.remove());
    form.querySelector("details").open = false;
    text.focus({ preventScroll: true });
  };

  const ask = () => {
    settle();
    if (inView() && part("news")) window.htmx.trigger(part("news"), "talk:ask");
    rounds += 1;
    setTimeout(ask, rounds > CALM_AFTER ? SLOW_MS : QUICK_MS);
  };

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (new URL(event.detail.xhr.responseURL).pathname.startsWith("/accounts/")) location.reload();
    else if (event.detail.target === log) [wasAtEnd, rounds] = [atEnd(), 0];
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target.id === "talk-read" && event.detail.successful) told = event.target.elements.until.value;
    if (event.target.id !== "talk-form" || !event.detail.successful) return;
    empty(event.target);
    wasAtEnd = true;
  });
  document.addEventListener("htmx:afterSettle", () => (prepare(), wasAtEnd && toEnd()));
  document.addEventListener("visibilitychange", () => inView() && ((rounds = 0), settle()));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    const form = event.target.closest("#talk-form");
    if (form) (event.preventDefault(), form.requestSubmit(form.querySelector(".btn--primary")));
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-phrase]")) return;
    const text = part("form").querySelector("textarea");
    text.value = [text.value.trimEnd(), event.target.textContent].filter(Boolean).join("\n");
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
  });

  prepare();
  document.addEventListener("DOMContentLoaded", settle); // from then on htmx hears what is triggered
  if (!location.hash) (document.getElementById("unread") || latest).scrollIntoView({ block: "center" });
  setTimeout(ask, QUICK_MS);
})();
