// Tells the page around this frame how high it is; that page has no other way of knowing.
if (window.parent !== window) {
  const tell = (more) =>
    window.parent.postMessage({ pasokhHeight: document.body.scrollHeight, ...more }, "*");
  new ResizeObserver(() => tell({})).observe(document.body);
  tell(document.body.dataset.first === undefined ? { pasokhPage: true } : {});
}
