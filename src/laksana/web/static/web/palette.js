/* The command palette: Ctrl+K (or Command+K) opens it, arrows walk its links, Enter follows one. Everything in it stands on pages too. */
"use strict";

(() => {
  const dialog = document.getElementById("palette");
  if (!dialog) return;
  const input = dialog.querySelector("input");
  const results = dialog.querySelector("[data-results]");
  let waiting;
  let asked = 0;

  async function show() {
    const turn = ++asked;
    const address = `${dialog.dataset.from}?q=${encodeURIComponent(input.value)}`;
    const answer = await fetch(address, { headers: { "X-Requested-With": "palette" } });
    if (turn !== asked) return; // a later question was faster
    if (!answer.ok || answer.redirected) location.reload(); // signed out meanwhile
    else results.innerHTML = await answer.text();
  }

  function open() {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    show();
  }

  function walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const links = [...results.querySelectorAll("a")];
    if (event.key === "Enter" && event.target === input && links.length) {
      event.preventDefault();
      links[0].click();
    }
    if (!step || !links.length) return;
    event.preventDefault();
    const place = links.indexOf(document.activeElement) + step;
    (place < 0 ? input : links[Math.min(place, links.length - 1)]).focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      open();
    }
  });
  for (const button of document.querySelectorAll("[data-palette]")) {
    button.hidden = false;
    button.addEventListener("click", open);
  }
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 150);
  });
  dialog.addEventListener("keydown", walk);
})();
