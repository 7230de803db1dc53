// Puts the complaint form where this script stands, in a frame that grows with what is in it.
//   <script src="https://complaints.example.org/form.js" data-form="CODE" async></script>
// data-language: fa or en · data-colours: light or dark · data-given: what your server signed
(() => {
  const script = document.currentScript;
  if (!script || !script.dataset.form) return;
  const { form, language, colours, given } = script.dataset;
  const home = new URL(script.src).origin;
  const asked = language || document.documentElement.lang || "";
  const spoken = asked.startsWith("en") ? "en" : "fa";
  const page = new URL(`/${spoken}/form/${encodeURIComponent(form)}/`, home);
  if (colours) page.searchParams.set("colours", colours);
  if (given) page.searchParams.set("given", given);
  const frame = document.createElement("iframe");
  frame.src = page.href;
  frame.title = spoken === "en" ? "Complaint form" : "فرم شکایت";
  frame.referrerPolicy = "origin";
  frame.style.cssText = "display:block;inline-size:100%;block-size:60rem;border:0";
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== home) return;
    const height = Number(event.data && event.data.pasokhHeight);
    if (height > 0 && height < 50000) frame.style.blockSize = `${Math.ceil(height)}px`;
    if (event.data && event.data.pasokhPage) frame.scrollIntoView({ block: "nearest" });
  });
  script.after(frame);
})();
