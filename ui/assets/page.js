// What holds for the whole page, whatever view is open: its keys, what is said aloud, and what the
// scripts of the views share.
window.onrecord = {
  say(words) {
    const status = document.querySelector("#said-aloud") ?? document.createElement("div");
    Object.assign(status, { id: "said-aloud", className: "unseen", role: "status" });
    document.body.append(status);
    status.textContent = words;
  },

  // From one statement of a speaker to the next within a part of the page, and round again.
  seek(part, button) {
    const said = [...part.querySelectorAll(".said[data-who]")];
    const theirs = said.filter(({ dataset }) => dataset.who === button.dataset.seek);
    const next = (Number(button.dataset.at ?? -1) + 1) % theirs.length;
    button.dataset.at = next;
    part.querySelector(".said.found")?.classList.remove("found");
    theirs[next]?.classList.add("found");
    theirs[next]?.scrollIntoView({ block: "center" });
  },

  // What can't be undone is asked twice: say whether it was.
  isSure(button) {
    if (!button.dataset.sure || "asked" in button.dataset) return true;
    button.dataset.asked = "";
    const before = [...button.childNodes];
    button.replaceChildren(button.dataset.sure);
    button.addEventListener("blur", () => {
      button.replaceChildren(...before);
      delete button.dataset.asked;
    }, { once: true });
    return false;
  },
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.querySelector("#view-ask-button")?.click();
    // The view that was hidden takes a moment to come.
    requestAnimationFrame(() => document.querySelector("#question textarea")?.focus());
  }
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.removeAttribute("open");
    menu.querySelector("summary").focus();
  } else {
    document.querySelector("#sources [data-event='back']")?.click();
  }
});

document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(target)) menu.removeAttribute("open");
  }
});
