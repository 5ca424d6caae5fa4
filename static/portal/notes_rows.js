/* Notes as rows of a list, those that the portal has and those that are on the device only; `notes.js` uses it. */
(function () {
  "use strict";

  if (!window.portalNotes) return;
  const { root, isTorn } = window.portalNotes;
  const form = root.querySelector("form[data-portal-note]");
  const list = root.querySelector("[data-portal-note-list]");
  const pattern = root.querySelector("template");

  const rowOf = (key) => list && list.querySelector(`[data-portal-key="${key}"]`);
  const part = (row, name) => {
    const found = row.querySelector(`[data-portal-${name}]`);
    if (found) return found;
    row.append(pattern.content.querySelector(`[data-portal-${name}]`).cloneNode(true));
    return row.querySelector(`[data-portal-${name}]`);
  };
  const clock = (moment) => {
    const minutes = moment.getMinutes() ? `.${String(moment.getMinutes()).padStart(2, "0")}` : "";
    return `${moment.getHours() % 12 || 12}${minutes}${moment.getHours() < 12 ? "am" : "pm"}`;
  };
  const about = (entry) => {
    const option = form && [...form.elements.theme.options].find((one) => one.value === entry.theme);
    const theme = entry.theme && option ? option.text : "";
    return [theme, entry.activity, clock(new Date(entry.at))].filter(Boolean).join(" · ");
  };
  const mark = (row, words) => {
    part(row, "state").hidden = !words;
    part(row, "state").lastElementChild.textContent = words;
  };
  const show = (entry) => {
    if (!list) return;
    let row = rowOf(entry.key);
    if (!row) {
      row = pattern.content.firstElementChild.cloneNode(true);
      row.dataset.portalKey = entry.key;
      list.prepend(row);
    }
    row.hidden = entry.state === "removed";
    Object.assign(row.dataset, { theme: entry.theme, activity: entry.activity, at: entry.at });
    part(row, "text").textContent = entry.text;
    part(row, "about").textContent = about(entry);
    part(row, "both").hidden = !isTorn(entry);
    part(row, "theirs").textContent = entry.theirs === null ? "It was removed." : entry.theirs || "";
    const words = entry.state === "typing" ? "Not finished, on this device only" : "On this device only";
    mark(row, isTorn(entry) ? "Changed elsewhere, too" : words);
  };
  const settle = (key, version) => {
    const row = rowOf(key);
    if (!row) return;
    if (version) row.dataset.version = version;
    part(row, "both").hidden = true;
    mark(row, "");
  };

  Object.assign(window.portalNotes, { form, list, rowOf, part, show, settle });
})();
