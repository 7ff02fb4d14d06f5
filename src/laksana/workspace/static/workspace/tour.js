/* The short tour: one thing after the other in a dialog. Without this file the page shows the same as a card with links. */
"use strict";

(() => {
  const dialog = document.getElementById("tur");
  const stops = [...dialog.querySelectorAll("section")];
  const form = dialog.querySelector("form");
  const button = (name) => form.querySelector(`[data-${name}]`);
  let at = 0;

  function show(next) {
    at = next;
    stops.forEach((stop, index) => (stop.hidden = index !== at));
    const last = at === stops.length - 1;
    button("back").hidden = at === 0;
    button("next").hidden = last;
    button("skip").hidden = last;
    button("finish").hidden = !last;
    const heading = stops[at].querySelector("h2");
    dialog.setAttribute("aria-labelledby", heading.id);
    heading.focus();
  }

  function end() {
    fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual", keepalive: true });
    dialog.close();
    document.getElementById("isi").focus();
  }

  button("next").addEventListener("click", () => show(at + 1));
  button("back").addEventListener("click", () => show(at - 1));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    end();
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    end();
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight" && at < stops.length - 1) show(at + 1);
    if (event.key === "ArrowLeft" && at > 0) show(at - 1);
  });
  dialog.showModal();
  show(0);
})();
