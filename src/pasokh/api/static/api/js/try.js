// Calls what a form of this page describes and shows what came back. The token stays in its field.
const panel = document.querySelector("[data-try]");
const token = document.querySelector("[data-token]");

const filled = (form) =>
  [...form.querySelectorAll("[data-place]")].filter((one) => one.type === "file" || one.value.trim());

const missing = (form) => [...form.querySelectorAll("[data-needed]")].find((one) => !one.value.trim());

const address = (form) => {
  let path = form.dataset.path;
  const query = new URLSearchParams();
  for (const one of filled(form)) {
    if (one.dataset.place === "path") path = path.replace(`{${one.name}}`, encodeURIComponent(one.value.trim()));
    if (one.dataset.place === "query") query.set(one.name, one.value.trim());
  }
  return query.size ? `${path}?${query}` : path;
};

const asked = (form) => {
  const headers = { Authorization: `Bearer ${token.value.trim()}`, "Accept-Language": document.documentElement.lang };
  const sent = { method: form.dataset.method, headers, cache: "no-store", credentials: "omit" };
  for (const one of filled(form)) {
    if (one.dataset.place === "header") headers[one.name] = one.value.trim();
    if (one.dataset.place === "body") {
      headers["Content-Type"] = "application/json";
      sent.body = one.value;
    }
    if (one.dataset.place === "file" && one.files.length) {
      sent.body = new FormData();
      sent.body.append("file", one.files[0]);
    }
  }
  return sent;
};

const show = (form, status, text) => {
  const answer = form.querySelector(".call__answer");
  answer.querySelector(".call__status").textContent = status;
  answer.querySelector("pre").textContent = text;
  answer.hidden = false;
  answer.scrollIntoView({ block: "nearest" });
};

const pretty = (text) => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-call]");
  if (!form) return;
  event.preventDefault();
  const empty = token.value.trim() ? missing(form) : token;
  if (empty) {
    show(form, empty === token ? "" : empty.name, panel.dataset.empty);
    empty.focus();
    return;
  }
  try {
    const answer = await fetch(address(form), asked(form));
    const etag = answer.headers.get("ETag");
    const told = [`${answer.status}`, etag && `ETag: ${etag}`, answer.headers.get("RateLimit")];
    show(form, told.filter(Boolean).join(" · "), pretty(await answer.text()));
  } catch {
    show(form, "", panel.dataset.failed);
  }
});
