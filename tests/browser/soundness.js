// What a page must hold at the width and in the theme it stands in: `soundness()` returns the faults as sentences.
(() => {
  const CONTROLS =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex='-1'])";
  const SLACK = 2; // pixels that two boxes may share: rounding, and borders drawn as one
  const LETTER = 0.7; // of the height of a line's box, letters fill so much

  const told = (element) => {
    const text = (element.getAttribute("aria-label") || element.innerText || element.name || "").trim();
    const kind = element.tagName.toLowerCase() + (element.className?.baseVal === undefined && element.className
      ? "." + element.className.trim().split(/\s+/).join(".") : "");
    return `<${kind}> "${text.replace(/\s+/g, " ").slice(0, 50)}"`;
  };

  const isShown = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !element.closest(".sr, [inert]");

  // What is painted over the page on purpose (a dock, a dialog) is compared with its own kind only.
  const layerOf = (element, known) => {
    if (element === null) return null;
    if (!known.has(element)) {
      const position = getComputedStyle(element).position;
      const own = position === "fixed" || position === "sticky" || element.matches("dialog, [popover]");
      known.set(element, own ? element : layerOf(element.parentElement, known));
    }
    return known.get(element);
  };

  const clipOf = (element, known) => {
    if (element === null) return [-1e6, -1e6, 1e6, 1e6];
    if (!known.has(element)) {
      const outer = clipOf(element.parentElement, known);
      const style = getComputedStyle(element);
      const clips = style.overflowX !== "visible" || style.clip !== "auto" || style.clipPath !== "none";
      const box = element.getBoundingClientRect();
      known.set(element, !clips ? outer : [
        Math.max(outer[0], box.left), Math.max(outer[1], box.top),
        Math.min(outer[2], box.right), Math.min(outer[3], box.bottom),
      ]);
    }
    return known.get(element);
  };

  // A button may stand in the room that a field leaves free of its text.
  const roomOfText = (element, box) => {
    if (!element.matches("input")) return box;
    const style = getComputedStyle(element);
    const [left, right] = [box.left + parseFloat(style.paddingLeft), box.right - parseFloat(style.paddingRight)];
    return { left, right, top: box.top, bottom: box.bottom, height: box.height };
  };

  const boxes = () => {
    const found = [];
    const layers = new Map();
    const clips = new Map();
    const keep = (element, rectangle, isText) => {
      const clip = clipOf(isText ? element : element.parentElement, clips);
      const inset = isText ? (rectangle.height * (1 - LETTER)) / 2 : 0;
      const box = {
        element, isText,
        left: Math.max(rectangle.left, clip[0]), right: Math.min(rectangle.right, clip[2]),
        top: Math.max(rectangle.top + inset, clip[1]), bottom: Math.min(rectangle.bottom - inset, clip[3]),
        layer: layerOf(element, layers),
      };
      if (box.right - box.left > SLACK && box.bottom - box.top > SLACK) found.push(box);
    };
    for (const element of document.body.querySelectorAll(CONTROLS)) {
      if (isShown(element) && !element.closest("svg"))
        for (const rectangle of element.getClientRects()) keep(element, roomOfText(element, rectangle), false);
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !isShown(element) || element.closest("svg, option, textarea")) continue;
      range.selectNodeContents(walker.currentNode);
      for (const rectangle of range.getClientRects()) keep(element, rectangle, true);
    }
    return found.sort((one, other) => one.top - other.top);
  };

  const belong = (one, other) => {
    if (one.element === other.element) return true;
    // A control holds its own text, and a label its control.
    if (one.element.contains(other.element) || other.element.contains(one.element)) return !(one.isText && other.isText)
      || one.element.contains(other.element) && getComputedStyle(other.element).display === "inline"
      || other.element.contains(one.element) && getComputedStyle(one.element).display === "inline";
    const label = one.element.closest("label");
    return label !== null && label === other.element.closest("label");
  };

  const overlaps = () => {
    const faults = new Set();
    const all = boxes();
    all.forEach((one, place) => {
      for (let next = place + 1; next < all.length && all[next].top < one.bottom - SLACK; next += 1) {
        const other = all[next];
        const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const high = Math.min(one.bottom, other.bottom) - other.top;
        if (wide > SLACK && high > SLACK && one.layer === other.layer && !belong(one, other))
          faults.add(`${told(one.element)} lies over ${told(other.element)} (${Math.round(wide)} x ${Math.round(high)} px)`);
      }
    });
    return [...faults].slice(0, 5);
  };

  const tooWide = () => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const clips = new Map();
    const guilty = [...document.body.querySelectorAll("*")].filter((element) => {
      const box = element.getBoundingClientRect();
      return isShown(element) && Math.min(box.right, clipOf(element.parentElement, clips)[2]) > root.clientWidth + 1;
    });
    return [`${root.scrollWidth - root.clientWidth} px wider than the screen: ${guilty.slice(-3).map(told).join(", ")}`];
  };

  // Pressed by its own key (arrows within radios, tabs and menus) or out of reach on purpose with another way to it.
  const isReachedOtherwise = (element) =>
    element.closest("[role=tablist], [role=menu], [role=listbox], [role=grid], [aria-hidden=true]") !== null;

  const marksFocus = (element) => {
    const drawn = (each) => ["", "::after"].some((part) => {
      const style = getComputedStyle(each, part);
      return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
    });
    return drawn(element) || [...(element.labels || [])].some(drawn) || drawn(element.parentElement);
  };

  // Wholly behind what stays in its place, or off the screen; a part of it in sight is enough.
  const isCovered = (element) => {
    const box = element.getBoundingClientRect(); // a link around a picture has no box of its own
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    if (right <= left || bottom <= top) return true;
    const inset = Math.min(3, (right - left) / 2, (bottom - top) / 2);
    const points = [[left + inset, top + inset], [(left + right) / 2, (top + bottom) / 2], [right - inset, bottom - inset]];
    return points.every(([x, y]) => {
      const shown = document.elementFromPoint(x, y);
      const layer = shown && layerOf(shown, new Map());
      return layer !== null && !layer.contains(element);
    });
  };

  // To be called after a key was pressed, so that focus is shown as for whoever uses the keyboard.
  const focus = () => {
    const faults = new Set();
    for (const element of document.body.querySelectorAll(CONTROLS + ", [tabindex='-1']:is(a[href], button, input)")) {
      if (!isShown(element) || element.disabled) continue;
      if (element.tabIndex > 0) faults.add(`${told(element)} is put before others in the order of the keyboard`);
      if (element.tabIndex < 0) {
        if (!isReachedOtherwise(element)) faults.add(`${told(element)} is not reached by the keyboard`);
        continue;
      }
      element.focus();
      if (document.activeElement !== element) faults.add(`${told(element)} does not take the focus`);
      else if (!marksFocus(element)) faults.add(`${told(element)} does not show that it has the focus`);
      else if (isCovered(element)) faults.add(`${told(element)} is covered when it has the focus`);
    }
    document.activeElement?.blur();
    scrollTo(0, 0);
    return [...faults].slice(0, 5);
  };

  window.soundness = { geometry: () => [...tooWide(), ...overlaps()], focus };
})();
