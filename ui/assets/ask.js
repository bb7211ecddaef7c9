// Gradio runs this once in each part of the Ask view that shows our HTML. `element`, `trigger`,
// `props` and `watch` are Gradio's; it finds the names of events by their quotation marks here.
const events = ["ask", "open", "back", "show", "export", "judge", "resume", "rename", "forget"];
const isConversation = element.closest("#conversation") !== null;

function send(button, reason = "") {
  const { event, text, turn, number } = button.dataset;
  if (!events.includes(event)) return;
  if (event === "open") {
    // The same article again changes no value, and so nothing would be called to scroll to it.
    arrive(document.querySelector("#sources"));
  }
  // The button that was clicked is about to go.
  if (event === "ask") document.querySelector("#question textarea")?.focus();
  button.closest("details")?.removeAttribute("open");
  const place = { turn: Number(turn ?? -1), number: Number(number ?? -1) };
  trigger(event, { text: text ?? "", reason, ...place });
}

function arrive(part) {
  const target = part?.querySelector("[data-arrive]");
  if (!target) return;
  const { arrive: block } = target.dataset;
  // An article begins with its title, if its highlight is in view then.
  if (block === "center") part.scrollTop = 0;
  const end = Math.min(part.getBoundingClientRect().bottom, innerHeight);
  if (block !== "center" || target.getBoundingClientRect().bottom > end) {
    target.scrollIntoView({ block });
  }
}

function address(turn) {
  return location.origin + location.pathname + (turn?.dataset.link ?? "");
}

// Outside https and localhost a browser has no clipboard but that of a selection.
async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  const menu = button.closest("details");
  const label = menu ? menu.querySelector("summary") : button;
  menu?.removeAttribute("open");
  label.dataset.done = "Copied";
  onrecord.say("Copied");
  setTimeout(() => delete label.dataset.done, 1500);
}

function save({ name, text }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  onrecord.say(`${name} is saved`);
}

// Of the conversations kept, those are shown that have all the words typed.
function find() {
  const box = element.querySelector("[data-find]");
  if (!box) return;
  const words = box.value.toLowerCase().split(/\s+/);
  const entries = [...element.querySelectorAll("[data-words]")];
  for (const entry of entries) {
    entry.hidden = !words.every((word) => entry.dataset.words.toLowerCase().includes(word));
  }
  element.querySelector("[data-none]").hidden = entries.some((entry) => !entry.hidden);
}

element.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button?.dataset.event) return onrecord.isSure(button) && send(button);
  if (button?.dataset.copy) return copy(button.dataset.copy, button);
  if (button?.dataset.link !== undefined) return copy(address(button.closest(".turn")), button);
  if (button?.dataset.seek) return onrecord.seek(element, button);
  if (button || target.closest("details, a")) return;
  // A card opens wherever it is clicked, unless somebody is selecting its words.
  const inCard = target.closest(".card")?.querySelector(".open");
  if (inCard && document.getSelection().isCollapsed) send(inCard);
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  const reason = new FormData(event.target).get("reason");
  send(event.target, reason);
});

element.addEventListener("input", find);

// Up and down go from source to source.
element.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.closest("details[open], input")) return;
  const buttons = [...element.querySelectorAll(".card .open, .earlier li:not([hidden]) .resume")];
  const now = buttons.findIndex((button) => button.closest(".card, li").contains(event.target));
  if (now < 0) return;
  event.preventDefault();
  const next = buttons[Math.max(0, Math.min(now + step, buttons.length - 1))];
  next.focus({ preventScroll: true });
  next.closest(".card, li").scrollIntoView({ block: "nearest" });
});

let shown = 0;
watch("value", () => {
  find();
  const turns = [...element.querySelectorAll(".turn")];
  // A new question comes to the top once; the reader isn't pulled back to it by its answer.
  if (!isConversation) arrive(element.closest("#sources"));
  else if (turns.length !== shown) {
    // On a phone the filters would hide the answer.
    if (innerWidth < 840) document.querySelector("#filters > button.open")?.click();
    arrive(element);
  }
  shown = turns.length;
  element.querySelector("[data-focus]")?.focus({ preventScroll: true });
  if (!isConversation) return;
  const last = turns.at(-1);
  if (!last) history.replaceState(null, "", location.pathname);
  else if (last.dataset.link) history.replaceState(null, "", last.dataset.link);
});

watch("download", () => props.download && save(props.download));
