// Keeps an answer in memory while there is no connection, and sends it when there is one again.
const WAIT = 4000;

export function keep(form, browser = globalThis) {
  const note = form.querySelector("[data-keep-note]");
  let waiting = null;
  let timer = 0;

  const say = (sentence) => { note.textContent = sentence; note.hidden = !sentence; };
  const warn = (event) => { if (waiting) event.preventDefault(); };

  async function send() {
    browser.clearTimeout(timer);
    const body = waiting;
    if (!body) return;
    try {
      const answer = await browser.fetch(form.action || browser.location.href, {
        method: "POST", body, credentials: "same-origin", headers: { Accept: "application/json" },
      });
      if (waiting !== body) return;
      waiting = null;
      if (answer.ok) browser.location.assign((await answer.json()).next);
      else submitPlainly(body);
    } catch {
      say(form.dataset.kept);
      timer = browser.setTimeout(send, WAIT);
    }
  }

  // The server has something to say about this answer: let it, on a page of its own.
  function submitPlainly(body) {
    const mark = form.ownerDocument.createElement("input");
    mark.type = "hidden";
    if (body.has("rather_not")) { mark.name = "rather_not"; mark.value = "1"; form.append(mark); }
    form.submit();
  }

  function begin(event) {
    event.preventDefault();
    waiting = new browser.URLSearchParams(new browser.FormData(form, event.submitter));
    say(form.dataset.sending);
    send();
  }

  form.addEventListener("submit", begin);
  browser.addEventListener("online", send);
  browser.addEventListener("beforeunload", warn);
}

for (const form of globalThis.document?.querySelectorAll("[data-keep]") ?? []) keep(form);
