// The player of films and episodes: it goes on where one was, and tells the house what has really been played.
// Without this file the browser's own player works, and nothing is counted.
window.VIDEOJS_NO_DYNAMIC_STYLE = true; // the content policy lets no style be written into the page

const EVERY = 10; // seconds between beats
const PIECE = 30; // seconds of the recording one beat may span; the server takes up to 40
const JUMP = 1.6; // seconds between two signs of playing, at normal speed, that are still playing

// What has been played and not yet been counted, and the talk with the house about it.
class Beats {
  constructor(media, element, told) {
    Object.assign(this, { media, element, told, pending: [], from: null, last: null, session: null, busy: false });
    media.addEventListener("play", () => { this.replaced = false; this.begin(); });
    media.addEventListener("timeupdate", () => this.note());
    media.addEventListener("seeking", () => this.close());
    for (const name of ["pause", "ended", "seeked"]) {
      media.addEventListener(name, () => { this.note(); this.close(); this.send(); });
    }
    document.addEventListener("visibilitychange", () => { if (document.hidden) { this.keep(); this.send(true); } });
    window.addEventListener("pagehide", () => { this.keep(); this.send(true); });
    setInterval(() => { if (!media.paused || this.pending.length) { this.keep(); this.send(); } }, EVERY * 1000);
  }

  async begin() {
    if (this.session || this.beginning) return;
    this.beginning = true;
    const answer = await this.post(this.element.dataset.begin, {}).catch(() => null);
    this.session = answer && answer.session;
    this.beginning = false;
  }

  note() {
    const { media } = this;
    if (media.seeking) return;
    const now = media.ended ? media.duration : media.currentTime;
    const step = now - this.last;
    if (this.last === null || step < 0 || step > JUMP * Math.max(1, media.playbackRate)) { this.close(); this.from = now; }
    this.last = now;
  }

  keep() { // put aside what has been played so far, and go on
    const here = this.last;
    this.close();
    if (!this.media.paused) this.from = this.last = here;
  }

  close() {
    if (this.from !== null && this.last - this.from > 0.05) this.pending.push([this.from, this.last]);
    this.from = this.last = null;
    this.pending.sort((a, b) => a[0] - b[0]);
    this.pending = this.pending.reduce((kept, next) => {
      const before = kept[kept.length - 1];
      if (before && next[0] <= before[1] + 0.05) before[1] = Math.max(before[1], next[1]); else kept.push([...next]);
      return kept;
    }, []);
  }

  async send(leaving = false) {
    if (this.busy || this.replaced || !this.pending.length) return;
    this.busy = true;
    if (!this.session) await this.begin();
    while (this.session && this.pending.length) {
      const [from, end] = this.pending[0];
      const to = Math.min(end, from + PIECE);
      const answer = await this.post(this.element.dataset.beat, { from, to, session: this.session }, leaving).catch(() => null);
      if (!answer) break; // no answer: it is sent again with the next beat
      this.show(answer);
      if (answer.reason === "too fast") { setTimeout(() => this.send(), answer.wait * 1000); break; }
      if (answer.reason === "replaced") { this.stop(); break; }
      if (answer.reason === "expired") { this.session = null; break; }
      const done = this.pending[0];
      if (done[1] <= to + 0.001) this.pending.shift(); else done[0] = to;
    }
    this.busy = false;
  }

  stop() {
    this.replaced = true;
    this.session = null;
    this.pending = [];
    if (this.told) this.told.textContent = this.element.dataset.elsewhere;
  }

  show(answer) {
    if (!this.told || this.replaced) return;
    const { count, done, seconds } = this.element.dataset;
    const text = answer.watched ? done : count.replace("{seen}", Math.floor(answer.seconds / (seconds >= 180 ? 60 : 1)));
    if (answer.watched) this.told.setAttribute("role", "status"); // said once, not every ten seconds
    if (this.told.textContent !== text) this.told.textContent = text;
    if (answer.watched) this.element.dispatchEvent(new CustomEvent("tillit-watched", { bubbles: true }));
  }

  async post(address, body, keepalive = false) {
    const token = this.element.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body), keepalive });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }
}

class TillitPlayer extends HTMLElement {
  connectedCallback() {
    // The element is complete, and video.js is there, when the page has been read.
    if (document.readyState === "complete") this.start();
    else document.addEventListener("DOMContentLoaded", () => this.start(), { once: true });
  }

  start() {
    if (this.started) return;
    this.started = true;
    const film = this.querySelector("video");
    if (film && window.videojs) this.dress(film);
    const media = this.querySelector("video, audio");
    const told = this.parentElement.querySelector("[data-counted]");
    this.resume(media);
    if (this.dataset.beat) this.beats = new Beats(media, this, told);
    if (!film) this.tools(media);
  }

  dress(film) {
    const player = window.videojs(film, {
      fill: true,
      language: document.documentElement.lang,
      playbackRates: [0.5, 0.75, 1, 1.25, 1.5, 2],
      userActions: { hotkeys: true },
      html5: { nativeTextTracks: false },
      controlBar: { volumePanel: { inline: false }, skipButtons: { forward: 10, backward: 10 } },
    });
    // Captions follow the height of the picture; on a phone that is too small to read.
    player.ready(() => { if (player.currentWidth() < 560) player.textTrackSettings.setValues({ fontPercent: 1.5 }); });
  }

  resume(media) {
    const position = Number(this.dataset.position);
    if (!position) return;
    const go = () => { media.currentTime = position; };
    if (media.readyState) go(); else media.addEventListener("loadedmetadata", go, { once: true });
  }

  tools(media) {
    const tools = this.querySelector("[data-tools]");
    tools.hidden = false;
    for (const button of tools.querySelectorAll("[data-skip]")) {
      button.addEventListener("click", () => { media.currentTime = Math.max(0, media.currentTime + Number(button.dataset.skip)); });
    }
    tools.querySelector("[data-rate]").addEventListener("change", (event) => { media.playbackRate = Number(event.target.value); });
  }
}

customElements.define("tillit-player", TillitPlayer);
