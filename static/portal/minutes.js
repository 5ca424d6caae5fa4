/* Minutes are kept as a draft while one types. The page works without this file. */
(function () {
  "use strict";

  const form = document.querySelector("form[data-portal-minutes]");
  if (!form) return;
  const PAUSE = 1200;
  const AGAIN = 8000;
  const address = form.dataset.portalMinutes;
  const token = form.elements.csrfmiddlewaretoken.value;
  const waiting = new Set();
  let isLeaving = false;

  const watch = (part) => {
    const field = part.querySelector("textarea");
    const seen = part.querySelector("[name$='seen_version']");
    const line = part.querySelector("[data-portal-kept]");
    let kept = field.value;
    let timer = 0;
    let isBusy = false;

    const later = (pause) => {
      window.clearTimeout(timer);
      timer = window.setTimeout(send, pause);
    };
    const settle = (words, isOver) => {
      line.textContent = words;
      if (isOver) waiting.delete(send);
    };
    const hear = async (answer, text) => {
      const isOurs = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (!isOurs || answer.redirected) {
        settle("You are signed out. Copy what you typed, then sign in again.", false);
        return;
      }
      const told = await answer.json();
      if (told.refused) {
        settle(told.refused, true);
        return;
      }
      kept = text;
      settle(`Saved ${told.saved} as your draft`, field.value === text);
      if (field.value !== text) later(PAUSE);
    };
    async function send() {
      const text = field.value;
      if (text === kept) {
        waiting.delete(send);
        return;
      }
      if (isBusy) {
        later(PAUSE);
        return;
      }
      isBusy = true;
      const body = new URLSearchParams({
        part: part.dataset.portalPart,
        text,
        seen_version: seen.value,
      });
      try {
        const headers = { "X-CSRFToken": token, Accept: "application/json" };
        await hear(await fetch(address, { method: "POST", body, headers }), text);
      } catch {
        settle("No connection. What you typed stays here and is saved as soon as there is one.", false);
        later(AGAIN);
      } finally {
        isBusy = false;
      }
    }
    field.addEventListener("input", () => {
      waiting.add(send);
      later(PAUSE);
    });
  };

  form.querySelectorAll("[data-portal-part]").forEach(watch);
  const sendAll = () => waiting.forEach((send) => send());
  window.addEventListener("online", sendAll);
  document.addEventListener("visibilitychange", () => document.hidden && sendAll());
  form.addEventListener("submit", () => {
    isLeaving = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (waiting.size && !isLeaving) event.preventDefault();
  });
})();
