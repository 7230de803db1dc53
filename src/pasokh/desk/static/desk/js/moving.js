// What is at work moves on while somebody looks; without scripts "Look again" does the same.
const PAUSE = 3000;
const moving = () => document.querySelector("[data-moving]");

async function look() {
  const answer = await fetch(location.pathname, { credentials: "same-origin" }).catch(() => null);
  if (answer?.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-moving]");
    if (!fresh) {
      location.reload();
      return;
    }
    moving().replaceChildren(...fresh.childNodes);
  }
  setTimeout(look, PAUSE);
}

if (moving()) setTimeout(look, PAUSE);
