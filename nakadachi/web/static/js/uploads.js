/* More of the same: what becomes of a row, what comes by dragging, and a form that waits until everything has arrived. */
(() => {
  Object.assign(window.UploadBox.prototype, {
    finished(row, token) {
      const held = row.querySelector("input");
      [held.name, held.value] = [this.box.dataset.name, token];
      this.state(row, "done", this.word("done"), 1);
    },

    failed(row, text) {
      this.state(row, "failed", text);
      this.say(`${row.file.name}: ${text}`);
    },

    remove(row) {
      row.halt.abort();
      const token = row.querySelector("input").value;
      if (token) window.uploads.drop(token);
      const next = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      (next ? next.querySelector("button") : this.box.querySelector("input[type=file]")).focus();
      this.say(`${row.file.name}: ${this.word("removed")}`);
    },

    /* After a reload: what had arrived is there again, what had not is named. */
    async recover() {
      const here = new Set([...this.list.querySelectorAll("input")].map((held) => held.value));
      for (const { token, name, size } of window.uploads.all()) {
        if (here.has(token)) continue;
        const reached = await window.uploads.progressOf(token).catch(() => 0);
        if (reached === null) window.uploads.forget(token);
        else if (reached >= size) this.finished(this.row({ name, size }), token);
        else this.failed(this.row({ name, size }), this.word("unfinished"));
      }
    },
  });

  const filesOf = async (entry) => {
    if (entry.isFile) return [await new Promise((good, bad) => entry.file(good, bad))];
    const reader = entry.createReader(), found = [];
    for (;;) {
      const some = await new Promise((good, bad) => reader.readEntries(good, bad));
      if (!some.length) return found;
      for (const one of some) found.push(...(await filesOf(one)));
    }
  };

  const listen = (element) => {
    element.dataset.ready = "yes";
    const box = new window.UploadBox(element);
    element.uploadBox = box;
    const over = (event) => (event.preventDefault(), element.toggleAttribute("data-over", event.type === "dragover"));
    for (const kind of ["dragover", "dragleave", "drop"]) element.addEventListener(kind, over);
    element.addEventListener("drop", async (event) => {
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
      for (const entry of entries) box.take(await filesOf(entry));
    });
  };
  const prepare = (root) => root.querySelectorAll("[data-uploads]:not([data-ready])").forEach(listen);

  /* A form is sent when its files have arrived; one press is enough. */
  document.addEventListener("submit", (event) => {
    const form = event.target, boxes = [...form.querySelectorAll("[data-uploads]")];
    const busy = boxes.filter((element) => element.uploadBox && element.uploadBox.busy);
    if (!busy.length) {
      if (boxes.length) window.uploads.forget();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    busy[0].uploadBox.say(busy[0].uploadBox.word("later"));
    const { submitter } = event;
    busy[0].addEventListener("uploads:idle", () => {
      if (!form.querySelector("[data-uploads-list] [data-state=failed]")) form.requestSubmit(submitter);
    }, { once: true });
  }, true);

  document.addEventListener("htmx:afterSettle", (event) => prepare(event.target));
  prepare(document);
})();
