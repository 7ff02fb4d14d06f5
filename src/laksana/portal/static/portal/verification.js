/* Compares a file with the signed one on the reader's own device. Without this, or on a page that is not secure, the form is sent. */
"use strict";

const form = document.querySelector("form[data-compare]");
const verdict = document.getElementById("putusan");
const MARKS = { same: "good", earlier: "info", other: "bad" };

function hexadecimal(buffer) {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function judged(sum) {
  if (sum === form.dataset.compare) return "same";
  return form.dataset.earlier.split(" ").includes(sum) ? "earlier" : "other";
}

async function compare(file) {
  const sum = hexadecimal(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  const found = judged(sum);
  const notice = document.createElement("div");
  notice.className = `notice ${MARKS[found]}`;
  const text = document.createElement("div");
  const strong = document.createElement("strong");
  strong.textContent = verdict.dataset[found];
  text.append(strong, ` ${file.name}`);
  notice.append(text);
  verdict.replaceChildren(notice);
}

if (form && window.crypto?.subtle) {
  const input = form.elements.file;
  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    compare(input.files[0]);
  });
  input.addEventListener("click", () => { input.value = ""; }); // a file that changed meanwhile may be chosen again
  input.addEventListener("change", () => input.files.length && compare(input.files[0]));
}
