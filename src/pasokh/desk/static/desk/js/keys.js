// What a mouse reaches, a key reaches too. Nothing here is needed: every key has a link.
const rows = [...document.querySelectorAll("[data-row]")];
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

const move = (by) => {
  const here = rows.indexOf(document.activeElement);
  rows[here < 0 ? 0 : Math.min(Math.max(here + by, 0), rows.length - 1)]?.focus();
};

const keys = {
  j: () => move(1),
  k: () => move(-1),
  "/": () => {
    const find = document.querySelector("[data-find]");
    if (find) find.focus();
    else document.querySelector('.rail a[href*="/search/"]')?.click();
  },
  n: () => document.querySelector("[data-next]")?.click(),
  q: () => document.querySelector(".rail__name")?.click(),
  "?": () => {
    const list = document.getElementById("keys");
    list.open = !list.open;
    if (list.open) list.scrollIntoView({ block: "nearest" });
  },
};

// On a Persian keyboard the same keys give other letters.
const latin = { "ت": "j", "ن": "k", "د": "n", "ض": "q", "؟": "?" };

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const act = keys[latin[event.key] ?? event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
