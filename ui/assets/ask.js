// Gradio runs this once in each part of the page that shows our HTML. `element`, `trigger` and
// `watch` are Gradio's; it finds the names of a part's events by their quotation marks here.
const events = ["ask", "open", "back"];

function send(button) {
  const { event, text, turn, number } = button.dataset;
  if (!events.includes(event)) return;
  if (event === "open") {
    // The same article again changes no value, and so nothing would be called to scroll to it.
    arrive(document.querySelector("#sources"));
  }
  // The button that was clicked is about to go.
  if (event === "ask") document.querySelector("#question textarea")?.focus();
  trigger(event, { text: text ?? "", turn: Number(turn ?? -1), number: Number(number ?? -1) });
}

function arrive(part) {
  const target = part?.querySelector("[data-arrive]");
  target?.scrollIntoView({ block: target.dataset.arrive });
}

element.addEventListener("click", ({ target }) => {
  const button = target.closest("button[data-event]");
  if (button) return send(button);
  // A card opens wherever it is clicked, unless somebody is selecting its words.
  const inCard = target.closest(".card")?.querySelector("button[data-event]");
  if (inCard && document.getSelection().isCollapsed) send(inCard);
});

element.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") element.querySelector('[data-event="back"]')?.click();
});

watch("value", () => {
  arrive(element);
  element.querySelector("[data-focus]")?.focus({ preventScroll: true });
});
