// Take the reader to what has to be looked at again, and from there to each field.
const summary = document.querySelector("[data-focus]");

if (summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const control = link && document.getElementById(link.hash.slice(1));
    if (!control) return;
    event.preventDefault();
    control.closest(".field, fieldset")?.scrollIntoView({ block: "start" });
    control.focus({ preventScroll: true });
  });
}
