/* Forms: our own sentences instead of the browser's, one sending per press, the first fault in view, and a word
   when no answer comes. */
(() => {
  const GIVE_UP_MS = 10000;

  const release = (root) => {
    for (const form of root.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
    for (const button of root.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  };

  const prepare = (root) => {
    for (const form of root.querySelectorAll("form")) form.noValidate = true;
    const faults = root.querySelector("[data-focus]");
    if (faults) faults.focus();
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "yes";
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
    setTimeout(() => release(document), GIVE_UP_MS);
  });

  /* Back from the next page: the form may be sent again. The server's request key decides what that means. */
  window.addEventListener("pageshow", () => release(document));

  document.addEventListener("htmx:afterSettle", (event) => prepare(event.target));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest("form");
    if (form) delete form.dataset.sending;
  });

  /* What somebody asked for and no answer came to: a sentence says so, what was typed stays. What a page asks for by
     itself is asked again anyway. */
  const isAsked = ({ requestConfig }) => ["submit", "click"].includes(requestConfig?.triggeringEvent?.type);
  const forget = () => document.querySelectorAll("[data-no-answer]").forEach((note) => note.remove());
  const say = (event) => {
    if (!isAsked(event.detail) || (event.type === "htmx:responseError" && event.detail.xhr.status < 500)) return;
    const note = document.getElementById("no-answer").content.firstElementChild.cloneNode(true);
    forget();
    event.target.before(note);
    note.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("htmx:beforeRequest", (event) => isAsked(event.detail) && forget());
  document.addEventListener("htmx:sendError", say);
  document.addEventListener("htmx:responseError", say);
  prepare(document);
})();
