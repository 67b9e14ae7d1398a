// Start a check from a pasted text or a file and go to its page when it is done.
"use strict";

async function check(start) {
  const job = await follow(await start());
  say("done");
  location.assign(`/articles/${job.article_sha256}`);
}

byId("paste").addEventListener("submit", (event) => {
  event.preventDefault();
  const body = { text: byId("text").value, published: byId("published").value.trim() || null };
  run(event.submitter, () => check(() => ask("POST", "/api/checks", body)));
});

byId("upload").addEventListener("submit", (event) => {
  event.preventDefault();
  const file = byId("file").files[0];
  const address = `/api/checks/file?name=${encodeURIComponent(file.name)}`;
  run(event.submitter, () => check(() => ask("POST", address, file, "application/octet-stream")));
});
