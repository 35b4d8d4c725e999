// The counts of a recruiting day, fetched every ten seconds while the page is looked at.
(() => {
  const place = document.querySelector("[data-figures]");
  if (!place) return;
  let shown = "";
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(place.dataset.figures, { redirect: "error" });
      if (!answer.ok) return;
      const { html } = await answer.json();
      if (html !== shown) place.innerHTML = html;
      shown = html;
    } catch {
      // The network is away: what stands there is the last that was known.
    }
  }, 10_000);
})();
