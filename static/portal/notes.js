/* Notes of evidence are kept on this device, for whoever is signed in, until the portal has them; each comes in
   once, because the device names it. The page works without this file. */
(function () {
  "use strict";

  if (!window.portalNotes) return;
  const { root, prefix, shelf, newKey, changed, isTorn, waiting, hold, letGo, alone } = window.portalNotes;
  const { form, list, rowOf, part, show, settle } = window.portalNotes;
  const PAUSE = 300;
  const AGAIN = 8000;
  const LONGEST = 15000;
  const AT_ONCE = 50;
  const NO_CONNECTION = "No connection.";
  const NOT_TAKEN = "The portal doesn’t answer as it should.";
  const SIGNED_OUT = "You are signed out.";
  const LEFT = "Somebody else is signed in on this device, or you have signed out. Nothing of your notes is shown.";
  const NOTHING = "Everything is with the portal. Nothing of it is kept on this device.";
  const TYPING = "What you type is kept on this device, for you alone, until you keep the note.";
  const UNFINISHED = "A note that you didn’t finish is on this device only, for you alone.";
  const EMPTY = "Write what you saw first.";
  const ELSEWHERE = "This note is open in another tab.";
  const TORN = "A note was changed elsewhere, too: say beside it which one stays.";
  const BEHIND = "The team has chosen that note as evidence, so it stays.";

  const address = root.dataset.portalNotes;
  const person = Number(root.dataset.portalPerson);
  const line = root.querySelector("[data-portal-kept]");
  const door = root.querySelector("[data-portal-sign-in]");
  let token = root.querySelector("[name=csrfmiddlewaretoken]").value;
  let timer = 0;
  let isBusy = false;
  let hasLeft = false;

  const say = (problem = "") => {
    const count = waiting().length;
    const one = count === 1;
    const where = `on this device only, for you alone, and ${one ? "is" : "are"} sent as soon as that is possible.`;
    const all = shelf.all();
    const said = [
      problem,
      all.some(isTorn) && TORN,
      count && `${count} ${one ? "note is" : "notes are"} ${where}`,
      !count && all.some((entry) => entry.state === "typing") && (form ? TYPING : UNFINISHED),
      !all.length && NOTHING,
    ];
    const words = said.filter(Boolean).join(" ");
    if (line.textContent !== words) line.textContent = words;
    line.hidden = !form && !all.length;
    if (door) door.hidden = problem !== SIGNED_OUT;
  };

  /* Whoever is signed in now sees nothing of hers; it waits for her. */
  const leave = () => {
    hasLeft = true;
    shelf.close();
    window.clearTimeout(timer);
    const words = document.createElement("p");
    words.textContent = LEFT;
    root.replaceChildren(words);
  };

  /* Sending */
  const later = (pause) => {
    window.clearTimeout(timer);
    if (!hasLeft) timer = window.setTimeout(send, pause);
  };
  const isOurs = (answer) =>
    !answer.redirected && (answer.headers.get("Content-Type") || "").startsWith("application/json");
  const patience = () => (AbortSignal.timeout ? AbortSignal.timeout(LONGEST) : undefined);
  const whole = (text) => text.replace(/[\ud800-\udfff]/gu, "\ufffd");
  const post = (batch) => {
    const notes = batch.map((entry) => ({
      key: entry.key,
      text: whole(entry.text),
      theme: Number(entry.theme) || null,
      activity: entry.activity,
      written_at: entry.at,
      seen: entry.seen || null,
      removed: entry.state === "removed",
    }));
    return fetch(address, {
      method: "POST",
      body: JSON.stringify({ person, notes }),
      headers: { "X-CSRFToken": token, "Content-Type": "application/json", Accept: "application/json" },
      signal: patience(),
    });
  };
  /* A sign-in newer than this page has another token; whether she signed in again is asked first. */
  const askAgain = async (batch) => {
    const signal = patience();
    const answer = await fetch(address, { headers: { Accept: "application/json" }, signal });
    if (!isOurs(answer)) {
      say(answer.redirected ? SIGNED_OUT : NOT_TAKEN);
      return null;
    }
    const told = await answer.json();
    if (told.person !== person) {
      leave();
      return null;
    }
    token = told.token;
    const second = await post(batch);
    if (isOurs(second)) return second;
    say(NOT_TAKEN);
    later(AGAIN);
    return null;
  };
  const hear = (told, sent) => {
    const now = shelf.read(told.key);
    const isSame = now !== undefined && now.stamp === sent.stamp;
    if (told.state === "changed" && now) {
      const torn = { ...now, theirs: told.is_here ? told.text : null, seen: told.version };
      shelf.keep(torn);
      show(torn);
    } else if (isSame) {
      shelf.clear(told.key);
      settle(told.key, told.version);
      const row = rowOf(told.key);
      if (told.state === "removed" && row) row.remove();
      if (told.state === "behind_finding" && row) {
        row.hidden = false;
        part(row, "sure").hidden = true;
      }
    } else if (now) {
      shelf.keep({ ...now, seen: told.version });
      if (inBox && inBox.key === told.key) inBox.seen = told.version;
    }
  };
  const sendBatch = async () => {
    const batch = waiting().slice(0, AT_ONCE);
    if (!batch.length) {
      say();
      return;
    }
    batch.forEach((entry) => shelf.keep({ ...entry, isSent: true }));
    const first = await post(batch);
    const answer = isOurs(first) ? first : await askAgain(batch);
    if (!answer) return;
    const told = await answer.json();
    if (told.refused) {
      say(told.refused);
    } else if (told.person !== person) {
      leave();
    } else {
      told.notes.forEach((one) => hear(one, batch.find((entry) => entry.key === one.key)));
      say(told.notes.some((one) => one.state === "behind_finding") ? BEHIND : "");
      if (waiting().length) later(PAUSE);
    }
  };
  async function send() {
    if (hasLeft) return;
    if (isBusy) {
      later(PAUSE);
      return;
    }
    isBusy = true;
    try {
      await alone(sendBatch);
    } catch {
      say(NO_CONNECTION);
      later(AGAIN);
    } finally {
      isBusy = false;
    }
  }

  /* The box */
  let inBox = null;
  const put = (entry) => {
    inBox = entry;
    form.elements.text.value = entry.text;
    form.elements.theme.value = entry.theme;
    const { options } = form.elements.activity;
    const isOffered = [...options].some((one) => one.value === entry.activity);
    if (!isOffered) form.elements.activity.add(new Option(entry.activity, entry.activity));
    form.elements.activity.value = entry.activity;
    form.querySelector("[data-portal-stop]").hidden = !entry.before;
  };
  const typed = () => ({
    text: form.elements.text.value,
    theme: form.elements.theme.value,
    activity: form.elements.activity.value,
  });
  const begin = (text = "", key = newKey()) => {
    if (inBox) letGo(inBox.key);
    const entry = { ...typed(), text, key, at: "", state: "typing" };
    hold(entry.key);
    put(entry);
  };
  const keepTyping = () => {
    if (!inBox) return; /* What came back is being put into the box. */
    const entry = { ...inBox, ...typed(), at: inBox.at || new Date().toISOString() };
    inBox = changed(entry);
    if (entry.text.trim() || entry.before) shelf.keep(inBox);
    else shelf.clear(entry.key);
    say();
  };
  const keepNote = () => {
    if (!form.elements.text.value.trim()) {
      line.textContent = EMPTY;
      form.elements.text.focus();
      return;
    }
    keepTyping();
    const { before, ...entry } = { ...inBox, text: inBox.text.trim(), state: "ready" };
    shelf.keep(entry);
    show(entry);
    begin();
    form.elements.text.focus();
    send();
  };
  const stop = () => {
    const { key, before } = inBox;
    if (before.state === "ready") shelf.keep(before);
    else shelf.clear(key);
    if (rowOf(key) && before.state === "ready") show(before);
    begin();
    send();
  };
  const ofRow = (row) =>
    shelf.read(row.dataset.portalKey) || {
      key: row.dataset.portalKey,
      text: part(row, "text").textContent,
      theme: row.dataset.theme,
      activity: row.dataset.activity,
      at: row.dataset.at,
      seen: Number(row.dataset.version) || null,
      state: "saved",
    };
  const change = async (row) => {
    const { theirs, ...entry } = ofRow(row);
    const box = form.elements.text;
    box.readOnly = true;
    const isMine = await hold(entry.key);
    box.readOnly = false;
    if (!isMine) {
      say(ELSEWHERE);
      return;
    }
    if (inBox.text.trim()) show(inBox);
    letGo(inBox.key);
    put(entry.state === "typing" ? entry : changed({ ...entry, state: "typing", before: entry }));
    form.elements.text.focus();
    form.scrollIntoView({ block: "nearest" });
  };
  const remove = (row) => {
    const { theirs, ...entry } = ofRow(row);
    const isKnown = entry.seen || entry.isSent || row.dataset.version;
    if (isKnown) {
      shelf.keep(changed({ ...entry, state: "removed" }));
      row.hidden = true;
    } else {
      shelf.clear(entry.key);
      row.remove();
    }
    if (inBox && inBox.key === entry.key) begin();
    list.previousElementSibling.focus();
    send();
  };
  const choose = (row, isMine) => {
    const { theirs, ...mine } = ofRow(row);
    if (isMine && theirs !== null) {
      shelf.keep(changed(mine));
      show(mine);
    } else {
      shelf.clear(mine.key);
      if (theirs === null) row.remove();
      else part(row, "text").textContent = theirs;
      row.dataset.version = mine.seen;
      settle(mine.key);
    }
    if (isMine && theirs === null) {
      const again = changed({ ...mine, key: newKey(), seen: null, isSent: false });
      shelf.keep(again);
      show(again);
    }
    send();
  };

  const ACTS = {
    change: (row) => change(row),
    remove: (row) => {
      part(row, "sure").hidden = false;
      part(row, "sure").querySelector("button").focus();
    },
    "really-remove": (row) => remove(row),
    "keep-after-all": (row) => {
      part(row, "sure").hidden = true;
      row.querySelector("[data-portal-remove]").focus();
    },
    mine: (row) => choose(row, true),
    other: (row) => choose(row, false),
  };
  if (form) {
    list.addEventListener("click", (event) => {
      const name = Object.keys(ACTS).find((one) => event.target.closest(`[data-portal-${one}]`));
      if (!name) return;
      event.preventDefault();
      ACTS[name](event.target.closest("[data-portal-key]"));
    });
    form.addEventListener("input", keepTyping);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      keepNote();
    });
    form.querySelector("[data-portal-stop]").addEventListener("click", stop);
  }

  /* What the portal never got comes back, and is sent. What was typed before this file came over a slow line has
     the name under which the page itself would have sent it; a browser may also have filled in what is kept. */
  const isThere = ({ key, before, text }) => {
    const row = rowOf(key);
    return !before && row !== null && part(row, "text").textContent === text.trim();
  };
  const begun = () => shelf.all().filter((entry) => entry.state === "typing");
  const comeBackToBox = async (box) => {
    const { value } = box;
    begun().filter(isThere).forEach((entry) => shelf.clear(entry.key));
    if (value.trim() && !begun().some((entry) => entry.text === value)) {
      begin(value, form.elements.key.value);
      keepTyping();
    }
    box.readOnly = true;
    for (const entry of begun()) {
      if (!(await hold(entry.key))) continue;
      if (!inBox) {
        put(entry);
      } else if (entry.key !== inBox.key) {
        letGo(entry.key);
        show(entry);
      }
    }
    if (!inBox) begin();
    box.readOnly = false;
  };
  const comeBack = async () => {
    shelf.all().forEach((entry) => (!form || entry.state !== "typing") && show(entry));
    if (form) await comeBackToBox(form.elements.text);
    send();
  };
  window.addEventListener("online", send);
  window.addEventListener("focus", send);
  document.addEventListener("visibilitychange", () => document.hidden || send());
  window.addEventListener("storage", (event) => {
    if (event.key === "portal-signed-out") leave();
    if (hasLeft || !event.key || !event.key.startsWith(prefix)) return;
    const key = event.key.slice(prefix.length);
    const before = JSON.parse(event.oldValue);
    const entry = JSON.parse(event.newValue);
    const row = rowOf(key);
    if (entry && entry.state !== "typing") show(entry);
    else if (!entry && before.state === "removed" && row) row.remove();
    else if (!entry && row) settle(key);
    say();
  });
  window.addEventListener("beforeunload", (event) => {
    if (shelf.isOnlyHere()) event.preventDefault();
  });
  comeBack();
})();
