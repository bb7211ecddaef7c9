// What holds for the whole page, whatever view is open: its keys, and what is said aloud.
window.onrecord = {
  say(words) {
    const status = document.querySelector("#said-aloud") ?? document.createElement("div");
    Object.assign(status, { id: "said-aloud", className: "unseen", role: "status" });
    document.body.append(status);
    status.textContent = words;
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
