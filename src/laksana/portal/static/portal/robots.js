// The browser works for a second so that robots cannot send forms by the thousand. Where it cannot, the question stays.
(() => {
  const form = document.querySelector("form[data-work]");
  if (!form || !window.Worker || !window.isSecureContext) return;
  const question = form.querySelector("[data-question]");
  const status = form.querySelector("[data-working]");
  const sent = form.dataset;
  const asked = document.getElementById("jawaban");
  const worker = new Worker(sent.worker);
  let waits = false;
  const answerByHand = () => { question.hidden = false; asked.disabled = false; status.hidden = true; worker.terminate(); };
  question.hidden = true;
  asked.disabled = true;
  worker.onerror = answerByHand;
  worker.onmessage = ({ data }) => {
    if (data === null) return answerByHand();
    const payload = { algorithm: sent.algorithm, challenge: sent.challenge, number: data, salt: sent.salt, signature: sent.signature };
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "altcha", value: btoa(JSON.stringify(payload)) });
    form.append(field);
    status.hidden = true;
    if (waits) form.requestSubmit();
  };
  form.addEventListener("submit", (event) => {
    if (!question.hidden || form.elements.altcha) return;
    event.preventDefault();
    waits = true;
    status.hidden = false;
  });
  worker.postMessage({ challenge: sent.challenge, salt: sent.salt, most: Number(sent.most) });
})();
