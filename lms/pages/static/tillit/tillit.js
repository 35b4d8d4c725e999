// Small comforts. Every page works without this file.
(() => {
  // What is wrong is read first.
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  // After an answer one lands on it: what was just said stands there, and is read aloud.
  const place = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (place) {
    const messages = document.querySelector(".t-messages");
    if (messages) {
      messages.classList.remove("t-wrap");
      place.prepend(messages);
    }
    // The browser goes to the place itself, and lets go of the focus, until the page is loaded.
    addEventListener("load", () => setTimeout(() => {
      if (messages) place.scrollIntoView();
      const said = place.querySelector("[role=status]");
      if (said) {
        said.tabIndex = -1;
        said.focus({ preventScroll: true });
      }
    }));
  }

  // A lesson read for ten seconds is where one goes on next time, on any device.
  const lesson = document.querySelector("[data-seen]");
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  if (lesson && lesson.dataset.seen && token) {
    let left = 10;
    const clock = setInterval(() => {
      if (document.hidden || --left) return;
      clearInterval(clock);
      fetch(lesson.dataset.seen, { method: "POST", keepalive: true, headers: { "X-CSRFToken": token.value } }).catch(() => {});
    }, 1000);
  }

  // Copy an address: <button data-copy="https://…" data-copied="Kopiert" hidden><span>…</span></button>.
  if (navigator.clipboard) {
    for (const button of document.querySelectorAll("[data-copy]")) {
      const words = button.querySelector("span") || button;
      const before = words.textContent;
      button.hidden = false;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(button.dataset.copy);
        words.textContent = button.dataset.copied || before;
        setTimeout(() => { words.textContent = before; }, 2500);
      });
    }
  }

  // Print: <button data-print hidden>.
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
