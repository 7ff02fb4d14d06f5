// Drawing a place on a page: the pointer fills the four numbers of the form, and the numbers show themselves on the page.
// Everything works without it, by typing the numbers or by searching for words.
(() => {
  const page = document.querySelector("[data-mark-page]");
  if (!page) return;
  const sheet = page.querySelector("svg");
  const rect = sheet.querySelector("[data-drawn]");
  const inputs = ["left", "top", "width", "height"].map((name) => document.getElementById(`bidang-${name}`));
  if (inputs.some((input) => !input)) return;
  const shown = () => {
    const [left, top, width, height] = inputs.map((input) => Number(input.value.replace(",", ".")) || 0);
    rect.setAttribute("x", left * 100);
    rect.setAttribute("y", top * 100);
    rect.setAttribute("width", width * 100);
    rect.setAttribute("height", height * 100);
  };
  const place = (event) => {
    const box = sheet.getBoundingClientRect();
    const part = (at, from, size) => Math.min(Math.max(((at - from) / size) * 100, 0), 100);
    return [part(event.clientX, box.left, box.width), part(event.clientY, box.top, box.height)];
  };
  let from = null;
  const draw = (to) => {
    const numbers = [
      Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]),
    ];
    inputs.forEach((input, index) => { input.value = numbers[index].toFixed(2); });
    shown();
  };
  sheet.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = place(event);
    sheet.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  sheet.addEventListener("pointermove", (event) => { if (from) draw(place(event)); });
  sheet.addEventListener("pointerup", (event) => {
    if (!from) return;
    draw(place(event));
    from = null;
  });
  inputs.forEach((input) => input.addEventListener("input", shown));
  shown();
})();
