/* What a device keeps of the notes of one review, for one person, until the portal has it; `notes.js` uses it. */
(function () {
  "use strict";

  const root = document.querySelector("[data-portal-notes]");
  if (!root) return;
  const prefix = `portal-notes:${root.dataset.portalPerson}:${root.dataset.portalReview}:`;

  /* Where the browser may keep nothing, this page does as long as it stands. */
  const memory = new Map();
  let isClosed = false;
  const shelf = {
    read: (key) => {
      try {
        const kept = window.localStorage.getItem(prefix + key);
        if (kept) return JSON.parse(kept);
      } catch {
        /* Looked for below. */
      }
      return memory.get(key);
    },
    keep: (entry) => {
      if (isClosed) return;
      try {
        window.localStorage.setItem(prefix + entry.key, JSON.stringify(entry));
        memory.delete(entry.key);
      } catch {
        memory.set(entry.key, entry);
      }
    },
    clear: (key) => {
      memory.delete(key);
      try {
        window.localStorage.removeItem(prefix + key);
      } catch {
        /* Then it never came there. */
      }
    },
    all: () => {
      let keys = [];
      try {
        keys = Object.keys(window.localStorage).filter((key) => key.startsWith(prefix));
      } catch {
        /* Nothing is there. */
      }
      const found = [...keys.map((key) => key.slice(prefix.length)), ...memory.keys()];
      const entries = found.map(shelf.read).filter(Boolean);
      return entries.sort((one, other) => (one.at < other.at ? -1 : 1));
    },
    isOnlyHere: () => memory.size > 0,
    close: () => {
      isClosed = true;
    },
  };
  /* Each note has a name from the device, and each change of it a stamp. */
  const newKey = () => {
    const bytes = window.crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const signs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return signs.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };
  const isTorn = (entry) => "theirs" in entry;
  const waiting = () => shelf.all().filter((entry) => entry.state !== "typing" && !isTorn(entry));
  const changed = (entry) => ({ ...entry, stamp: newKey(), page: window.location.pathname });

  /* Of two tabs only one writes on with a note, and only one sends. */
  const held = new Map();
  const hold = (key) =>
    new Promise((tell) => {
      if (!navigator.locks || held.has(key)) {
        tell(true);
        return;
      }
      navigator.locks.request(prefix + key, { ifAvailable: true }, (lock) => {
        tell(lock !== null);
        return lock && new Promise((release) => held.set(key, release));
      });
    });
  const letGo = (key) => {
    (held.get(key) || (() => {}))();
    held.delete(key);
  };
  const alone = (act) =>
    navigator.locks ? navigator.locks.request(`${prefix}send`, act) : act();

  window.portalNotes = { root, prefix, shelf, newKey, changed, isTorn, waiting, hold, letGo, alone };
})();
