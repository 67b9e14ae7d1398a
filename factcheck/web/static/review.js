// The review: one claim is current; buttons and single keys act on it; the server's answer is what is shown.
"use strict";

const article = byId("review").dataset.article;
const cards = [...document.querySelectorAll(".card")];
const cardOf = new Map(cards.map((card) => [card.dataset.claim, card]));
let open = byId("review").dataset.open.split(" ").filter(Boolean);
const passed = new Set();
let current = null;
let pending = Promise.resolve();

function choose(card, { focus = true, scroll = true } = {}) {
  if (!card) return;
  if (current) current.classList.remove("current");
  for (const mark of document.querySelectorAll(".mark.current")) mark.classList.remove("current");
  current = card;
  card.classList.add("current");
  const number = card.id.replace("claim-", "");
  byId("deciding").textContent = `Claim ${number}: ${card.querySelector(".claim").textContent}`;
  const marks = [...document.querySelectorAll(".mark")].filter((mark) => mark.dataset.claims.split(" ").includes(number));
  for (const mark of marks) mark.classList.add("current");
  const text = document.querySelector(".text");
  if (marks.length && text.scrollHeight > text.clientHeight + 1) {
    text.scrollTop += marks[0].getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
  }
  if (focus) card.focus({ preventScroll: true });
  if (scroll) card.scrollIntoView({ block: "center" });
}

const isShown = (card) => getComputedStyle(card).visibility !== "hidden";

function step(by) {
  const shown = cards.filter(isShown);
  const at = shown.indexOf(current);
  choose(shown[Math.min(shown.length - 1, Math.max(0, at < 0 ? 0 : at + by))]);
}

function toNextOpen(options) {
  const next = open.find((id) => !passed.has(id));
  if (next) choose(cardOf.get(next), options);
  tellLeft();
}

function tellLeft() {
  byId("left").textContent = open.length ? `${open.length} ${open.length === 1 ? "claim" : "claims"} to decide` : "every flagged claim is decided";
}

// A source added by hand, laid out as the server lays it out.
function handCard(found) {
  const make = (tag, name, ...content) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.append(...content);
    return made;
  };
  const title = make(found.url ? "a" : "span", "", found.title);
  if (found.url) Object.assign(title, { href: found.url, rel: "noopener noreferrer" });
  return make(
    "div",
    `evidence by-hand ${found.stance}`,
    make("p", "", make("span", "stance", found.stance_words), " ", make("span", "soft", "added by hand")),
    make("blockquote", "", `“${found.quote}”`),
    make("p", "soft", title, ` (${found.published})`),
  );
}

function show(answer) {
  open = answer.open;
  for (const card of cards) {
    const state = answer.states[card.dataset.claim];
    const line = card.querySelector(":scope > .review");
    line.hidden = !state || !state.words;
    line.textContent = state && state.words ? `Review: ${state.words}` : "";
    const wording = card.querySelector(":scope > .wording");
    wording.textContent = answer.wordings[card.dataset.claim] || "";
    wording.hidden = !wording.textContent;
    const found = card.querySelector(":scope > .found");
    const sources = state ? state.by_hand : [];
    if (sources.length || found.childElementCount) found.replaceChildren(...sources.map(handCard));
    card.classList.toggle("settled", Boolean(state && state.settled));
  }
  tellLeft();
}

// Acts go to the server one after the other, in the order of the keys.
function send(work) {
  pending = pending.then(() => run(null, work));
  return pending;
}

function act(action, more = {}) {
  if (!current) return say("choose a claim first", true);
  const card = current;
  return send(async () => {
    const body = { article_sha256: article, claim_id: card.dataset.claim, action, reviewer: reviewer.value.trim() || null, ...more };
    show(await ask("POST", "/api/reviews", body));
    say(`${action.replaceAll("_", " ")}: recorded${action === "edit" ? "; “Check again” judges the new words" : ""}`);
    if (["accept", "override", "not_a_claim", "needs_source", "skip"].includes(action)) {
      passed.add(card.dataset.claim);
      toNextOpen();
    }
  });
}

function undo() {
  return send(async () => {
    const answer = await ask("POST", "/api/reviews/undo", { article_sha256: article, reviewer: reviewer.value.trim() || null });
    show(answer);
    passed.delete(answer.undone);
    choose(cardOf.get(answer.undone));
    say("taken back");
  });
}

const form = byId("write");
const labels = { note: "Note", edit: "The claim in other words", evidence: "What the source says, in its words" };
let writing = null;

function write(what) {
  if (!current) return say("choose a claim first", true);
  writing = what;
  byId("words-label").textContent = labels[what];
  byId("words").value = what === "edit" ? current.querySelector(".claim").textContent : "";
  byId("source").hidden = what !== "evidence";
  form.hidden = false;
  byId("words").focus();
}

function stopWriting() {
  form.hidden = true;
  writing = null;
  if (current) current.focus({ preventScroll: true });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = byId("words").value.trim();
  if (!text) return;
  const found = { quote: text, title: byId("source-title").value.trim() || "untitled", url: byId("source-url").value.trim() || null, stance: byId("stance").value };
  act(writing, writing === "evidence" ? { evidence: found } : { text });
  stopWriting();
});
byId("cancel").addEventListener("click", stopWriting);

const doing = { undo, next: () => step(1), previous: () => step(-1) };
for (const button of document.querySelectorAll("[data-act]")) {
  const name = button.dataset.act;
  button.addEventListener("click", () => (doing[name] ? doing[name]() : act(name)));
}
for (const button of document.querySelectorAll("[data-form]")) button.addEventListener("click", () => write(button.dataset.form));

const verdict = byId("verdict");
function override() {
  if (!verdict.value) return;
  act("override", { verdict: verdict.value });
  verdict.value = "";
}
// With a mouse the choice itself decides; with the keyboard arrows only look, and Enter decides.
let byKeyboard = false;
verdict.addEventListener("keydown", (event) => {
  byKeyboard = true;
  if (event.key === "Enter") {
    event.preventDefault();
    override();
  } else if (event.key === "Escape") {
    verdict.value = "";
    if (current) current.focus({ preventScroll: true });
  }
});
verdict.addEventListener("pointerdown", () => (byKeyboard = false));
verdict.addEventListener("change", () => {
  if (!byKeyboard) override();
});

const keys = {
  r: () => byId("recheck").click(),
  a: () => act("accept"),
  x: () => act("not_a_claim"),
  w: () => act("needs_source"),
  s: () => act("skip"),
  o: () => verdict.focus(),
  n: () => write("note"),
  e: () => write("edit"),
  v: () => write("evidence"),
  u: undo,
  j: () => step(1),
  k: () => step(-1),
};
const keysOn = byId("keys");
keysOn.checked = localStorage.getItem("keys") !== "off";
keysOn.addEventListener("change", () => localStorage.setItem("keys", keysOn.checked ? "on" : "off"));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !form.hidden) return stopWriting();
  if (!keysOn.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select")) return;
  const doIt = keys[event.key.toLowerCase()];
  if (!doIt) return;
  event.preventDefault();
  doIt();
});

const list = document.querySelector(".cards");
for (const choice of document.querySelectorAll("[name=show]")) {
  choice.addEventListener("change", () => (list.dataset.show = choice.value));
  if (choice.checked) list.dataset.show = choice.value;
}

for (const card of cards) card.addEventListener("click", () => choose(card, { focus: false, scroll: false }));
document.querySelector(".text").addEventListener("click", (event) => {
  const link = event.target.closest(".ref");
  const mark = event.target.closest(".mark");
  if (!link && !mark) return;
  event.preventDefault();
  choose(byId(link ? link.getAttribute("href").slice(1) : `claim-${mark.dataset.claims.split(" ")[0]}`));
});

for (const details of document.querySelectorAll(".where")) {
  details.addEventListener("toggle", () => {
    const place = details.querySelector(".context");
    if (!details.open || place.childNodes.length) return;
    const { doc, start, end } = details.dataset;
    run(null, async () => {
      const found = await ask("GET", `/api/context?${new URLSearchParams({ doc_id: doc, start, end })}`);
      const quote = document.createElement("mark");
      quote.textContent = found.quote;
      place.replaceChildren("… ", found.before, quote, found.after, " …");
    });
  });
}

byId("recheck").addEventListener("click", (event) =>
  run(event.currentTarget, async () => {
    const job = await follow(await ask("POST", `/api/articles/${article}/recheck`));
    location.assign(`/articles/${article}?recheck=${job.id}#changes`);
  }),
);

// Another reviewer may be at work on the same article.
setInterval(() => {
  if (!document.hidden) pending = pending.then(() => ask("GET", `/api/articles/${article}/states`).then(show, () => undefined));
}, 5000);

// After a recheck one begins with what it changed.
const changes = location.hash === "#changes" ? byId("changes") : null;
for (const link of document.querySelectorAll(".changes a")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    choose(byId(link.getAttribute("href").slice(1)));
  });
}

// On a phone the article comes first; on a wide screen the claim that is due stands beside it.
toNextOpen({ focus: false, scroll: !changes && matchMedia("(min-width: 60rem)").matches });
if (changes) {
  changes.focus({ preventScroll: true });
  changes.scrollIntoView();
}
