/* Laksana: comforts on top of pages that work without this file. Nothing here decides anything; the server does. */
"use strict";

/* --- A list to choose from that can be searched: the select stays, hidden, and is what the form sends. --- */
class Combobox {
  constructor(select) {
    this.select = select;
    this.shown = [];
    this.active = -1;
    select.dataset.ready = "true";
    select.tabIndex = -1;
    select.setAttribute("aria-hidden", "true");
    this.list = this.makeList();
    this.input = this.makeInput();
    this.takeLabel();
    select.parentElement.classList.add("ready");
    select.parentElement.append(this.input, this.list);
    this.showChosen();
    this.listen();
  }

  makeList() {
    const list = document.createElement("ul");
    list.id = this.select.id + "-daftar";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    return list;
  }

  makeInput() {
    const input = document.createElement("input");
    input.type = "text";
    input.id = this.select.id + "-cari";
    input.autocomplete = "off";
    input.placeholder = this.select.options[0].text;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("aria-autocomplete", "list");
    for (const name of ["aria-describedby", "aria-invalid", "required"]) {
      if (this.select.hasAttribute(name)) input.setAttribute(name, this.select.getAttribute(name));
    }
    return input;
  }

  takeLabel() {
    const label = document.querySelector(`label[for="${CSS.escape(this.select.id)}"]`);
    if (!label) return;
    label.htmlFor = this.input.id;
    this.list.setAttribute("aria-label", label.textContent.trim());
  }

  listen() {
    this.input.addEventListener("click", () => this.open(""));
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.leave());
    this.input.addEventListener("change", (event) => event.stopPropagation());
    this.input.addEventListener("input", (event) => {
      event.stopPropagation();
      this.open(this.input.value);
    });
  }

  showChosen() {
    this.input.value = this.select.value ? this.select.selectedOptions[0].text : "";
  }

  choose(option) {
    this.select.value = option ? option.value : "";
    this.showChosen();
    this.select.dispatchEvent(new Event("input", { bubbles: true }));
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
    this.close();
  }

  leave() {
    if (!this.input.value.trim() && this.select.value) this.choose(null);
    this.showChosen();
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  open(words) {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    this.shown = [...this.select.options].filter((option) => {
      const text = (option.text + " " + (option.parentElement.label || "")).toLowerCase();
      return option.value && wanted.every((word) => text.includes(word));
    });
    this.list.replaceChildren(...(this.shown.length ? this.shown.map((o, place) => this.item(o, place)) : [this.none()]));
    this.list.hidden = false;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "true");
  }

  item(option, place) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${place}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.textContent = option.text;
    if (option.parentElement.label) {
      const group = document.createElement("small");
      group.textContent = option.parentElement.label;
      item.append(group);
    }
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.choose(option);
    });
    return item;
  }

  none() {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.setAttribute("aria-disabled", "true");
    item.textContent = this.select.dataset.comboEmpty;
    return item;
  }

  mark(place) {
    this.active = place;
    [...this.list.children].forEach((item, other) => item.setAttribute("aria-selected", String(other === place)));
    this.input.setAttribute("aria-activedescendant", this.list.children[place].id);
    this.list.children[place].scrollIntoView({ block: "nearest" });
  }

  onKey(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      if (this.list.hidden) this.open("");
      if (this.shown.length) this.mark((this.active + steps[event.key] + this.shown.length) % this.shown.length);
    } else if (event.key === "Enter" && !this.list.hidden) {
      event.preventDefault();
      if (this.shown.length) this.choose(this.shown[Math.max(this.active, 0)]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.showChosen();
      this.close();
    }
  }
}

function enhanceLists() {
  for (const select of document.querySelectorAll("select[data-combo]:not([data-ready])")) new Combobox(select);
}

/* --- Files: dropped on the field, sent at once, and the control emptied afterwards so that they are not sent twice. --- */
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const zone = event.target.closest?.("[data-drop]");
    if (!zone || !event.dataTransfer?.types.includes("Files")) return;
    zone.classList.toggle("over", kind === "dragover");
    if (kind === "dragleave") return;
    event.preventDefault();
    if (kind !== "drop") return;
    const input = zone.querySelector("input[type=file]");
    const files = new DataTransfer();
    for (const file of [...event.dataTransfer.files].slice(0, input.multiple ? undefined : 1)) files.items.add(file);
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
document.addEventListener("htmx:before:request", (event) => {
  const source = event.detail.ctx.sourceElement;
  if (source?.type === "file") source.closest("[data-drop]")?.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:after:swap", (event) => {
  const source = event.detail.ctx.sourceElement;
  if (source?.type !== "file") return;
  source.value = "";
  source.closest("[data-drop]")?.removeAttribute("aria-busy");
});
document.addEventListener("htmx:after:settle", () => {
  enhanceLists();
  enhanceWriting();
});

/* What is filled in from the records stays open, once opened, when the form is drawn anew. */
let recordsOpen = false;
document.addEventListener("click", (event) => {
  const summary = event.target.closest?.("details.known > summary");
  if (summary) recordsOpen = !summary.parentElement.open;
});
document.addEventListener("htmx:after:settle", () => {
  const records = document.querySelector("details.known");
  if (records) records.open = recordsOpen;
});

/* --- A form that is kept as one types: a request that had to wait for another sends what stands in the form by then. --- */
document.addEventListener("htmx:before:request", (event) => {
  const request = event.detail.ctx.request;
  const form = request.form;
  if (!form?.matches("[data-kept-whole]")) return;
  const act = request.body.get("_do");
  request.body = new URLSearchParams(new FormData(form));
  if (act) request.body.set("_do", act);
});
document.addEventListener("htmx:after:settle", () => {
  const now = document.querySelector("[data-revision-now]");
  for (const other of now ? document.querySelectorAll("[data-revision]") : []) other.value = now.value;
});

/* --- Money is grouped as it is written on paper; a place can be taken from the device. --- */
document.addEventListener("focusout", (event) => {
  if (!event.target.matches?.("[data-rupiah]")) return;
  const [whole, fraction] = event.target.value.replace(/\s|Rp\.?/gi, "").split(",");
  if (/^\d+$/.test(whole)) event.target.value = whole.replace(/\B(?=(\d{3})+$)/g, ".") + (fraction ? "," + fraction : "");
});
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-locate]");
  if (!button) return;
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    const field = document.getElementById(button.dataset.locate);
    field.value = `${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
});

/* --- Filters act when they change; what has a button for those without this file loses it. --- */
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-filters]");
  if (form && event.target.matches("select, input[type=checkbox]")) form.requestSubmit();
});

/* --- Formatted text: an editor over the text field, which stays, hidden, and is what the form sends. --- */
class Writing {
  constructor(root, kit) {
    this.root = root;
    this.text = root.querySelector("textarea");
    this.bar = root.querySelector("[role=toolbar]");
    this.text.value = this.text.dataset.html;
    this.sheet = document.createElement("div");
    this.text.before(this.sheet);
    this.editor = new kit.Editor({
      element: this.sheet,
      injectCSS: false,
      content: this.text.dataset.html,
      extensions: [
        kit.Document, kit.Paragraph, kit.Text, kit.HardBreak, kit.Bold, kit.Italic, kit.Underline, kit.ListItem, kit.BulletList,
        kit.OrderedList, kit.Heading.configure({ levels: [3, 4, 5] }), kit.Table, kit.TableRow, kit.TableHeader, kit.TableCell,
        kit.History, kit.Gapcursor, kit.Dropcursor,
      ],
      editorProps: { attributes: this.attributes() },
      onUpdate: () => this.changed(),
      onTransaction: () => this.showState(),
    });
    this.text.hidden = true;
    this.bar.hidden = false;
    this.bar.addEventListener("click", (event) => this.act(event.target.closest("[data-do]")?.dataset.do));
    this.showState();
    this.preview = root.querySelector("[data-preview]");
    if (this.preview) this.preview.hidden = false;
  }

  attributes() {
    const label = document.querySelector(`label[for="${CSS.escape(this.text.id)}"]`);
    if (label) label.addEventListener("click", () => this.editor.commands.focus());
    const named = { role: "textbox", "aria-multiline": "true", "aria-label": label ? label.textContent.trim() : "", class: "prose" };
    for (const name of ["aria-describedby", "aria-invalid"]) if (this.text.hasAttribute(name)) named[name] = this.text.getAttribute(name);
    return named;
  }

  changed() {
    this.text.value = this.editor.isEmpty ? "" : this.editor.getHTML();
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  act(what) {
    const chain = this.editor.chain().focus();
    const acts = {
      bold: () => chain.toggleBold(),
      italic: () => chain.toggleItalic(),
      underline: () => chain.toggleUnderline(),
      heading: () => chain.toggleHeading({ level: 3 }),
      bulletList: () => chain.toggleBulletList(),
      orderedList: () => chain.toggleOrderedList(),
      table: () => (this.editor.isActive("table") ? chain.deleteTable() : chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true })),
      row: () => chain.addRowAfter(),
      column: () => chain.addColumnAfter(),
      dropRow: () => chain.deleteRow(),
      dropColumn: () => chain.deleteColumn(),
      undo: () => chain.undo(),
      redo: () => chain.redo(),
    };
    acts[what]?.().run();
  }

  showState() {
    if (!this.editor) return;
    for (const button of this.bar.querySelectorAll("[aria-pressed]")) button.setAttribute("aria-pressed", String(this.editor.isActive(button.dataset.do)));
    for (const button of this.bar.querySelectorAll("[data-in-table]")) button.disabled = !this.editor.isActive("table");
  }
}

const writings = new WeakMap();
async function enhanceWriting() {
  for (const root of document.querySelectorAll("[data-writing]")) {
    if (root.querySelector(".ProseMirror") || root.dataset.beginning) continue;
    root.dataset.beginning = "true";
    const kit = await import(root.dataset.editor);
    delete root.dataset.beginning;
    writings.get(root)?.editor.destroy();
    writings.set(root, new Writing(root, kit));
  }
}

/* The paper beside the text: drawn anew from the draft that was just kept. */
function showPaper(fold) {
  if (!fold?.open) return;
  fold.querySelector("iframe").src = `${fold.dataset.preview}&pada=${Date.now()}`;
}
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx.sourceElement?.id !== "tersimpan") return;
  for (const fold of document.querySelectorAll("[data-preview]")) showPaper(fold);
});
document.addEventListener("toggle", (event) => {
  if (event.target.matches?.("[data-preview]")) showPaper(event.target);
}, true);

/* --- A file is looked at in a dialog over the page; its link leads to a page of its own. --- */
async function look(link) {
  const response = await fetch(link.href, { credentials: "same-origin" });
  const sheets = response.ok && new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-sheets]");
  if (!sheets) return location.assign(link.href);
  const dialog = document.createElement("dialog");
  const heading = document.createElement("h2");
  const close = document.createElement("button");
  dialog.className = "look";
  heading.id = "lihat-judul";
  heading.textContent = link.textContent.trim();
  dialog.setAttribute("aria-labelledby", heading.id);
  close.type = "button";
  close.className = "btn small";
  close.textContent = link.dataset.close;
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
  const head = document.createElement("header");
  head.append(heading, close);
  sheets.tabIndex = 0;
  sheets.setAttribute("role", "group");
  sheets.setAttribute("aria-labelledby", heading.id);
  dialog.append(head, document.importNode(sheets, true));
  document.body.append(dialog);
  dialog.showModal();
}
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-look]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !window.HTMLDialogElement) return;
  event.preventDefault();
  look(link);
});

function begin() {
  document.documentElement.dataset.script = "true";
  for (const part of document.querySelectorAll(".js-only")) part.hidden = part.matches("[data-locate]") && !navigator.geolocation;
  for (const target of document.querySelectorAll("[autofocus].errors")) target.focus();
  enhanceLists();
  enhanceWriting();
}
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
else begin();
