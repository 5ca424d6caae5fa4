/* Minutes and notes are kept as a draft while one types, and on this device until the portal has them. The page
   works without this file. */
(function () {
  "use strict";

  const form = document.querySelector("form[data-portal-minutes]");
  if (!form) return;
  const PAUSE = 1200;
  const AGAIN = 8000;
  const LONGEST = 15000;
  const NO_CONNECTION =
    "No connection: this is not saved yet. It is kept on this device and sent as soon as there is one.";
  const NOT_TAKEN = "This is not saved yet. It is kept on this device and sent again.";
  const SIGNED_OUT =
    "You are signed out, and this is not saved yet. It is kept on this device: sign in again and open this page.";
  const RESTORED = "You had typed this without a connection. It is being saved.";
  const address = form.dataset.portalMinutes;
  const person = form.dataset.portalPerson;
  const token = form.elements.csrfmiddlewaretoken.value;
  const waiting = new Set();
  let isLeaving = false;

  /* What this device keeps for one part, for one person; nothing where it may keep nothing. */
  const shelf = (part) => {
    const key = `portal-minutes:${person}:${address}:${part}`;
    const attempt = (act) => {
      try {
        return act(window.localStorage);
      } catch {
        return null;
      }
    };
    return {
      read: () => attempt((storage) => JSON.parse(storage.getItem(key))),
      keep: (typed) => attempt((storage) => storage.setItem(key, JSON.stringify(typed))),
      clear: () => attempt((storage) => storage.removeItem(key)),
    };
  };

  const watch = (part) => {
    const field = part.querySelector("textarea");
    const seen = part.querySelector("[name$='seen_version']");
    const line = part.querySelector("[data-portal-kept]");
    const device = shelf(part.dataset.portalPart);
    let kept = field.defaultValue;
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
      if (answer.redirected) {
        settle(SIGNED_OUT, false);
        return;
      }
      if (!isOurs) {
        settle(NOT_TAKEN, false);
        later(AGAIN);
        return;
      }
      const told = await answer.json();
      if (told.refused) {
        settle(told.refused, true);
        return;
      }
      kept = text;
      if (told.seen !== undefined) seen.value = told.seen;
      if (field.value === text) device.clear();
      else later(PAUSE);
      settle(`Saved ${told.saved} as your draft`, field.value === text);
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
        const signal = AbortSignal.timeout(LONGEST);
        await hear(await fetch(address, { method: "POST", body, headers, signal }), text);
      } catch {
        settle(NO_CONNECTION, false);
        later(AGAIN);
      } finally {
        isBusy = false;
      }
    }
    const hold = () => {
      device.keep({ text: field.value, seen: seen.value });
      waiting.add(send);
      later(PAUSE);
    };
    field.addEventListener("input", hold);

    /* What was typed before this file came over a slow line is kept, too; what the portal never got comes back,
       beside the version that it was typed upon. */
    const unsent = device.read();
    if (field.value !== kept) {
      hold();
    } else if (unsent && unsent.text.trim() !== field.value.trim()) {
      field.value = unsent.text;
      seen.value = unsent.seen;
      line.textContent = RESTORED;
      waiting.add(send);
      send();
    } else {
      device.clear();
    }
  };

  form.querySelectorAll("[data-portal-part]").forEach(watch);
  const sendAll = () => waiting.forEach((send) => send());
  window.addEventListener("online", sendAll);
  document.addEventListener("visibilitychange", () => document.hidden && sendAll());
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) {
      isLeaving = true;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const part = (event.submitter || form).closest("[data-portal-part]");
    const line = (part || form).querySelector("[data-portal-kept]");
    line.textContent = NO_CONNECTION;
    line.scrollIntoView({ block: "center" });
  });
  window.addEventListener("beforeunload", (event) => {
    if (waiting.size && !isLeaving) event.preventDefault();
  });
})();
