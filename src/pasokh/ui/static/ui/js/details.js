// Paper shows what the screen folds away; the screen remembers what its reader opened.
const folded = () => [...document.querySelectorAll("details:not([open])")];
let opened = [];

addEventListener("beforeprint", () => {
  opened = folded();
  for (const each of opened) each.open = true;
});
addEventListener("afterprint", () => {
  for (const each of opened) each.open = false;
});

for (const details of document.querySelectorAll("details[data-keep]")) {
  const name = `open:${details.dataset.keep}`;
  try {
    details.open ||= sessionStorage.getItem(name) === "1";
    details.addEventListener("toggle", () => sessionStorage.setItem(name, details.open ? "1" : "0"));
  } catch {
    // A browser that stores nothing shows the page as it came.
  }
}
