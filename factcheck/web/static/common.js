// What every page needs: requests with the token, a status line, the reviewer's name, and following a check.
"use strict";

const byId = (id) => document.getElementById(id);
const token = document.querySelector('meta[name="token"]').content;

function say(text, isError = false) {
  const status = byId("status");
  status.textContent = text;
  status.classList.toggle("error", isError);
}

async function ask(method, address, body, type = "application/json") {
  const options = { method, headers: { "X-Factcheck-Token": token } };
  if (body !== undefined) {
    options.headers["Content-Type"] = type;
    options.body = type === "application/json" ? JSON.stringify(body) : body;
  }
  let answer;
  try {
    answer = await fetch(address, options);
  } catch {
    throw new Error("the server does not answer; is it still running?");
  }
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    const detail = data.detail;
    throw new Error(typeof detail === "string" ? detail : detail ? detail.map((one) => one.msg).join("; ") : answer.statusText);
  }
  return data;
}

async function follow(job) {
  const progress = byId("progress");
  progress.hidden = false;
  try {
    while (job.state === "waiting" || job.state === "running") {
      if (job.total > 0) {
        progress.max = job.total;
        progress.value = job.done;
      } else {
        progress.removeAttribute("value");
      }
      say(job.total > 0 ? `${job.stage}: ${job.done} of ${job.total}` : job.stage);
      await new Promise((resolve) => setTimeout(resolve, 250));
      job = await ask("GET", `/api/checks/${job.id}`);
    }
  } finally {
    progress.hidden = true;
  }
  if (job.state === "failed") throw new Error(job.error);
  return job;
}

// Do what a control asks, with the control out of use meanwhile and any failure said in the status line.
async function run(control, work) {
  if (control) control.disabled = true;
  try {
    return await work();
  } catch (error) {
    say(error.message, true);
    return undefined;
  } finally {
    if (control) control.disabled = false;
  }
}

const reviewer = byId("reviewer");
const remembered = localStorage.getItem("reviewer");
if (remembered) reviewer.value = remembered;
reviewer.addEventListener("change", () => localStorage.setItem("reviewer", reviewer.value.trim()));
