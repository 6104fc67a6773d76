/* The question for files: a row for each, with progress and a button to remove it. Without this a plain control works. */
(() => {
  const MEGABYTE = 1024 * 1024;
  const size = (bytes) =>
    bytes < MEGABYTE ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / MEGABYTE).toFixed(1)} MB`;

  class Box {
    constructor(box) {
      this.box = box;
      this.list = box.querySelector("[data-uploads-list]");
      [this.queue, this.busy] = [Promise.resolve(), 0];
      box.querySelector("[data-uploads-tools]").hidden = false;
      box.querySelector("input[type=file]").classList.add("hidden");
      for (const row of this.list.querySelectorAll("[data-token]")) {
        const { token, file, size: bytes } = row.dataset;
        this.finished(this.row({ name: file, size: Number(bytes) }, row), token);
      }
      for (const input of box.querySelectorAll("input[type=file]")) {
        input.addEventListener("change", () => (this.take([...input.files]), (input.value = "")));
      }
      this.recover();
    }

    word(key) { return this.box.dataset[key]; }
    say(text) { this.box.querySelector("[data-uploads-live]").textContent = text; }

    row(file, instead) {
      const row = this.box.querySelector("template").content.firstElementChild.cloneNode(true);
      row.querySelector("[data-file-name]").textContent = file.name;
      [row.file, row.halt] = [file, new AbortController()];
      row.querySelector("button").setAttribute("aria-label", `${this.word("remove")}: ${file.name}`);
      row.querySelector("button").addEventListener("click", () => this.remove(row));
      instead ? instead.replaceWith(row) : this.list.append(row);
      this.state(row, "waiting", this.word("waiting"));
      return row;
    }

    state(row, name, text, share = 0) {
      row.dataset.state = name;
      row.querySelector("[data-file-facts]").textContent = row.file.size ? `${size(row.file.size)} · ${text}` : text;
      row.querySelector("progress").value = share;
    }

    take(files) {
      const room = Number(this.box.dataset.filesMax), most = Number(this.box.dataset.bytesMax);
      for (const file of files.filter((one) => !/^(\.|Thumbs\.db$|desktop\.ini$)/.test(one.name))) {
        const same = (row) => row.file.name === file.name && row.file.size === file.size;
        [...this.list.querySelectorAll("[data-state=failed]")].filter(same).forEach((row) => row.remove());
        const good = this.list.querySelectorAll("li:not([data-state=failed])").length;
        const row = this.row(file);
        const fault = !file.size ? "empty" : file.size > most ? "large" : good >= room ? "many" : "";
        if (fault) this.failed(row, this.word(fault));
        else this.begin(row);
      }
    }

    begin(row) {
      this.busy += 1;
      this.queue = this.queue.then(() => row.halt.signal.aborted ? null : this.sending(row)).catch(() => {}).then(() => {
        this.busy -= 1;
        if (!this.busy) this.box.dispatchEvent(new CustomEvent("uploads:idle", { bubbles: true }));
      });
    }

    async sending(row) {
      const percent = (sent) => `${Math.floor((sent / row.file.size) * 100)}%`;
      const onProgress = (sent) => this.state(row, "sending", percent(sent), sent / row.file.size);
      const onWait = () => (this.state(row, "sending", this.word("broken")), this.say(this.word("broken")));
      this.say(`${row.file.name}: ${this.word("sending")}`);
      try {
        this.finished(row, await window.uploads.send(row.file, { onProgress, onWait, signal: row.halt.signal }));
        this.say(`${row.file.name}: ${this.word("done")}`);
      } catch (problem) {
        if (row.halt.signal.aborted) return;
        this.failed(row, problem instanceof window.uploads.Refused ? problem.message || this.word("login") : this.word("again"));
      }
    }
  }
  window.UploadBox = Box;
})();
