// After some silence ask whether anybody is there; without an answer delete and begin anew.
const dialog = document.querySelector("dialog[data-start]");
if (dialog) {
  const [asks, begins] = [Number(dialog.dataset.asks), Number(dialog.dataset.begins)];
  const count = dialog.querySelector("[data-count]");
  const end = dialog.querySelector("[data-end]");
  const digits = new Intl.NumberFormat(document.documentElement.lang);
  let last = Date.now();
  const here = () => {
    last = Date.now();
    if (dialog.open) dialog.close();
  };
  const leave = () => {
    for (const form of document.forms) form.reset();
    if (end) end.submit();
    else location.replace(dialog.dataset.start);
  };
  for (const kind of ["pointerdown", "keydown", "scroll", "input"])
    addEventListener(kind, here, { passive: true });
  document.querySelector("[data-leave]").addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  setInterval(() => {
    const silent = (Date.now() - last) / 1000;
    if (silent >= begins) leave();
    else if (silent >= asks) {
      count.textContent = digits.format(Math.ceil(begins - silent));
      if (!dialog.open) dialog.showModal();
    }
  }, 500);
}
// A page that comes back from the browser's memory begins anew.
addEventListener("pageshow", (event) => {
  if (event.persisted && dialog) location.replace(dialog.dataset.start);
});
