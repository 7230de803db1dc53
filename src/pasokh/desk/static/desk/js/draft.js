// What is typed is kept while it is typed. Without this there is a button that does the same.
const form = document.querySelector("form[data-draft]");
const PAUSE = 3000;
let timer;

const keep = async () => {
  const said = new FormData(form);
  said.delete("papers");
  said.set("step", "keep");
  said.set("quietly", "1");
  try {
    const answer = await fetch(location.href, { method: "POST", body: said });
    form.dataset.kept = answer.ok ? "yes" : "no";
  } catch {
    form.dataset.kept = "no";
  }
};

form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(keep, PAUSE);
});
form?.addEventListener("submit", () => clearTimeout(timer));
