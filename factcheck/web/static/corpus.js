// Search, add and remove reference documents.
"use strict";

byId("search").addEventListener("submit", (event) => {
  event.preventDefault();
  run(event.submitter, async () => {
    say("searching");
    const hits = await ask("POST", "/api/corpus/search", { query: byId("query").value });
    byId("hits").replaceChildren(
      ...hits.map((hit) => {
        const item = document.createElement("li");
        const source = document.createElement("p");
        source.className = "soft";
        source.textContent = [hit.publisher, hit.title, hit.as_of || hit.published].filter(Boolean).join(", ");
        item.append(hit.text, source);
        return item;
      }),
    );
    say(`${hits.length} passages`);
  });
});

const add = byId("add");
if (add) {
  add.addEventListener("submit", (event) => {
    event.preventDefault();
    const file = byId("file").files[0];
    const query = new URLSearchParams({ name: file.name });
    for (const name of ["title", "publisher", "url", "published"]) {
      const value = byId(name).value.trim();
      if (value) query.set(name, value);
    }
    run(event.submitter, async () => {
      say("reading");
      const answer = await ask("POST", `/api/corpus?${query}`, file, "application/octet-stream");
      sessionStorage.setItem("outcome", answer.outcome);
      location.reload();
    });
  });
}

// Every article that is behind, one after the other; what changed is told beside each.
const again = byId("recheck");
if (again) {
  again.addEventListener("click", () =>
    run(again, async () => {
      for (const item of document.querySelectorAll("#articles li")) {
        const job = await follow(await ask("POST", `/api/articles/${item.dataset.article}/recheck`));
        const told = document.createElement("p");
        told.textContent = job.summary;
        const changes = document.createElement("ul");
        for (const change of job.changes) {
          const line = document.createElement("li");
          line.textContent = [`${change.before.replaceAll("_", " ")} → ${change.after.replaceAll("_", " ")}: ${change.claim}`, ...change.why].join("; ");
          changes.append(line);
        }
        item.replaceChildren(item.querySelector("a"), told, ...(job.changes.length ? [changes] : []));
      }
      say("checked again");
    }),
  );
}

for (const button of document.querySelectorAll("button.remove")) {
  button.addEventListener("click", () => {
    const id = button.closest("tr").dataset.doc;
    if (!confirm(`${button.getAttribute("aria-label")}?`)) return;
    run(button, async () => {
      const answer = await ask("DELETE", `/api/corpus/${id.split("/").map(encodeURIComponent).join("/")}`);
      sessionStorage.setItem("outcome", answer.outcome);
      location.reload();
    });
  });
}

const outcome = sessionStorage.getItem("outcome");
if (outcome) {
  say(outcome);
  sessionStorage.removeItem("outcome");
}
