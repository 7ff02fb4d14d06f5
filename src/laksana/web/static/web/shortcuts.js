/* Marks in lists, and keys for those who do much by keyboard. Single letters can be switched off (WCAG 2.1.4); "?" tells of them. */
"use strict";

(() => {
  const OFF = "laksana-pintasan";
  const dialog = document.getElementById("pintasan");
  const lettersOn = () => localStorage.getItem(OFF) !== "mati";
  let after = ""; // the first letter of two, as in "g t"

  /* --- Marks --- */
  function countMarks(form) {
    const marks = [...form.querySelectorAll("input[name=item]")];
    const marked = marks.filter((mark) => mark.checked).length;
    const told = form.querySelector("[data-marked-count]");
    if (told) told.textContent = marked ? `(${marked})` : "";
    const all = form.querySelector("[data-mark-all]");
    if (all) all.setAttribute("aria-pressed", String(marks.length > 0 && marked === marks.length));
  }
  document.addEventListener("change", (event) => {
    const form = event.target.name === "item" && event.target.closest("[data-marked]");
    if (form) countMarks(form);
  });
  document.addEventListener("click", (event) => {
    const all = event.target.closest?.("[data-mark-all]");
    if (!all) return;
    const form = all.closest("[data-marked]");
    const marks = [...form.querySelectorAll("input[name=item]")];
    const on = marks.some((mark) => !mark.checked);
    for (const mark of marks) mark.checked = on;
    countMarks(form);
  });
  function showMarkAll() {
    for (const button of document.querySelectorAll("[data-mark-all]")) button.hidden = false;
    for (const form of document.querySelectorAll("[data-marked]")) countMarks(form);
  }
  document.addEventListener("htmx:after:settle", showMarkAll);
  window.addEventListener("pageshow", showMarkAll); // the browser keeps marks when one comes back
  showMarkAll();

  /* --- Walking through a list --- */
  const rows = () => [...document.querySelectorAll("[data-row]")];
  const here = () => rows().findIndex((row) => row.classList.contains("at"));
  function walk(step) {
    const all = rows();
    if (!all.length) return;
    const before = here();
    const place = Math.min(Math.max(before + step, 0), all.length - 1);
    if (before >= 0) all[before].classList.remove("at");
    all[place].classList.add("at");
    all[place].querySelector("a.title").focus();
    all[place].scrollIntoView({ block: "nearest" });
  }
  function mark() {
    const box = rows()[here()]?.querySelector("input[name=item]");
    if (box) box.click();
  }
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest?.("[data-row]");
    if (!row) return;
    for (const other of rows()) other.classList.toggle("at", other === row);
  });

  /* --- Keys --- */
  function follow(letter) {
    const link = dialog.querySelector(`a[data-key="${CSS.escape(letter)}"]`);
    if (link) location.assign(link.href);
  }
  const acts = {
    j: () => walk(1),
    k: () => walk(-1),
    x: mark,
    "/": () => document.getElementById("find")?.focus(),
    "?": () => dialog.showModal(),
  };
  function isWriting(target) {
    return target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");
  }
  if (!dialog) return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isWriting(event.target) || document.querySelector("dialog[open]") || !lettersOn()) return;
    if (after === "g") {
      after = "";
      follow(event.key);
    } else if (event.key === "g") {
      after = "g";
      setTimeout(() => { after = ""; }, 1500);
    } else if (acts[event.key]) {
      event.preventDefault();
      acts[event.key]();
    }
  });
  const letters = dialog.querySelector("[data-letters]");
  letters.checked = lettersOn();
  letters.addEventListener("change", () => localStorage.setItem(OFF, letters.checked ? "nyala" : "mati"));
  for (const button of document.querySelectorAll("[data-shortcuts]")) {
    button.hidden = false;
    button.addEventListener("click", () => dialog.showModal());
  }
})();
