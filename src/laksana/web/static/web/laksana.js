/* Laksana: comforts on top of pages that work without this file. Nothing here decides anything; the server does. */
"use strict";

/* --- A list to choose from that can be searched: the select stays, hidden, and is what the form sends. ------------------------ */
function enhanceLists(root) {
  for (const select of root.querySelectorAll("select[data-combo]")) {
    if (!select.dataset.ready) makeCombobox(select);
  }
}

function makeCombobox(select) {
  select.dataset.ready = "true";
  const box = select.parentElement;
  const input = document.createElement("input");
  const list = document.createElement("ul");
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  input.type = "text";
  input.id = select.id + "-cari";
  input.autocomplete = "off";
  input.placeholder = select.options[0].text;
  list.id = select.id + "-daftar";
  list.hidden = true;
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })) input.setAttribute(name, value);
  for (const name of ["aria-describedby", "aria-invalid", "required"]) if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  list.setAttribute("role", "listbox");
  if (label) {
    label.htmlFor = input.id;
    list.setAttribute("aria-label", label.textContent.trim());
  }
  select.tabIndex = -1;
  select.setAttribute("aria-hidden", "true");
  box.classList.add("ready");
  box.append(input, list);

  let shown = [];
  let active = -1;
  const written = () => (select.value ? select.selectedOptions[0].text : "");
  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (option) => {
    select.value = option ? option.value : "";
    input.value = written();
    select.dispatchEvent(new Event("input", { bubbles: true }));
    select.dispatchEvent(new Event("change", { bubbles: true }));
    close();
  };
  const mark = (index) => {
    active = index;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === index)));
    const item = list.children[index];
    if (item) {
      input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    }
  };
  const open = (words) => {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    shown = [...select.options].filter((option) => {
      const text = (option.text + " " + (option.parentElement.label || "")).toLowerCase();
      return option.value && wanted.every((word) => text.includes(word));
    });
    list.replaceChildren(...shown.map((option, place) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${place}`;
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
        choose(option);
      });
      return item;
    }));
    if (!shown.length) {
      const none = document.createElement("li");
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      none.textContent = select.dataset.comboEmpty;
      list.append(none);
    }
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    active = -1;
  };
  input.value = written();
  input.addEventListener("click", () => open(""));
  input.addEventListener("input", (event) => {
    event.stopPropagation();
    open(input.value);
  });
  input.addEventListener("change", (event) => event.stopPropagation());
  input.addEventListener("blur", () => {
    if (!input.value.trim() && select.value) choose(null);
    input.value = written();
    close();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) open("");
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (shown.length) mark((active + step + shown.length) % shown.length);
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      if (shown.length) choose(shown[Math.max(active, 0)]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      input.value = written();
      close();
    }
  });
}

/* --- Files: dropped on the field, sent at once, and the control emptied afterwards so that they are not sent twice. -------------- */
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
document.addEventListener("htmx:after:settle", () => enhanceLists(document));

/* --- Money is grouped as it is written on paper; a place can be taken from the device. ---------------------------------------------- */
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

/* --- Filters act when they change; what has a button for those without this file loses it. --------------------------------------------- */
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-filters]");
  if (form && event.target.matches("select, input[type=checkbox]")) form.requestSubmit();
});

function begin() {
  document.documentElement.dataset.script = "true";
  for (const part of document.querySelectorAll(".js-only")) part.hidden = part.matches("[data-locate]") && !navigator.geolocation;
  for (const target of document.querySelectorAll("[autofocus].errors")) target.focus();
  enhanceLists(document);
}
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
else begin();
