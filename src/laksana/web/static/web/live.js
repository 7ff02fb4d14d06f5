/* What one is told while a page is open appears in it: asked every so often, answered with 304 as long as nothing changed.
   A page that is not looked at asks nothing; a server that does not answer is asked less often. */
"use strict";

(() => {
  const place = document.getElementById("kabar");
  if (!place) return;
  const EVERY = 20_000;
  const LONGEST = 300_000;
  let state = place.dataset.state;
  let wait = EVERY;
  let timer;

  function show(news) {
    state = news.dataset.state;
    const bell = news.querySelector(".bell");
    for (const old of document.querySelectorAll("a.bell")) {
      old.setAttribute("aria-label", bell.getAttribute("aria-label"));
      old.replaceChildren(...[...bell.childNodes].map((part) => part.cloneNode(true)));
    }
    const messages = document.getElementById("pesan");
    for (const told of messages.querySelectorAll(".live")) told.remove();
    messages.append(...news.querySelectorAll(".live"));
  }

  async function ask() {
    try {
      const headers = { "If-None-Match": `"${state}"` };
      const answer = await fetch(`${place.dataset.from}?sejak=${encodeURIComponent(state)}`, { headers, cache: "no-store", redirect: "error" });
      wait = answer.ok || answer.status === 304 ? EVERY : Math.min(wait * 2, LONGEST);
      if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-state]"));
    } catch {
      wait = Math.min(wait * 2, LONGEST); // signed out, or the office's network is away
    }
    again();
  }

  function again() {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(ask, wait);
  }
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (!document.hidden) ask();
  });
  again();
})();
