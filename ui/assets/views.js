// Gradio runs this once in each part of the Speakers, Timeline and Archive views that shows our
// HTML. `element`, `trigger` and `watch` are Gradio's; it finds the names of events by their
// quotation marks here.
const events = ["open", "close", "pick", "compare", "more", "undo", "remove"];
const isReader = element.closest(".reader") !== null;

function send({ dataset }) {
  if (!events.includes(dataset.event)) return;
  if (dataset.event === "open") onrecord.opener = dataset.key;
  const { text, article, page } = dataset;
  trigger(dataset.event, { text: text ?? "", article: article ?? "", page: Number(page ?? 0) });
}

element.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button?.dataset.seek) return onrecord.seek(element, button);
  if (button?.dataset.event) return onrecord.isSure(button) && send(button);
  // A row opens wherever it is clicked, unless somebody is selecting its words.
  const row = button || target.closest("a, summary") ? null : target.closest("[data-row]");
  const inRow = row?.querySelector("[data-event='open']");
  if (inRow && document.getSelection().isCollapsed) send(inRow);
});

// Up and down go from entry to entry, left and right from point to point.
element.addEventListener("keydown", (event) => {
  if (isReader && event.key === "Escape") {
    event.stopPropagation();
    element.querySelector("[data-event='close']")?.click();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const within = event.target.closest("[data-arrows]");
  if (!step || !within || event.target.closest("input")) return;
  const buttons = [...within.querySelectorAll("[data-event='open'], [data-event='pick']")];
  const next = buttons[buttons.indexOf(event.target) + step];
  if (!buttons.includes(event.target) || !next) return;
  event.preventDefault();
  next.focus();
});

// What is pointed at is read in one place, which never moves what is pointed at.
for (const kind of ["mouseover", "focusin"]) {
  element.addEventListener(kind, ({ target }) => {
    const pointed = element.querySelector(".pointed");
    if (pointed && target.dataset?.tip) pointed.textContent = target.dataset.tip;
  });
}

watch("value", () => {
  if (!isReader) return;
  const back = element.querySelector("[data-event='close']");
  if (back) {
    back.focus({ preventScroll: true });
    element.querySelector("[data-arrive]")?.scrollIntoView({ block: "center" });
  } else {
    const view = element.closest("[role='tabpanel']");
    view?.querySelector(`[data-key="${CSS.escape(onrecord.opener ?? "")}"]`)?.focus();
  }
});
