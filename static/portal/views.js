/* What somebody types of her own view stays on this device, for her alone, until the portal has it. The page works
   without this file. */
(function () {
  "use strict";

  const root = document.querySelector("[data-portal-views]");
  if (!root) return;
  const RESTORED = "You had typed this, and the portal doesn’t have it yet. Press “Keep it”.";
  const KEPT = "What you type is kept on this device, for you alone, until the portal has it.";
  const prefix = `portal-views:${root.dataset.portalPerson}:${root.dataset.portalViews}:`;
  const attempt = (act) => {
    try {
      return act(window.localStorage);
    } catch {
      return null; /* A device that keeps nothing has nothing to give back. */
    }
  };
  const read = (theme) => attempt((storage) => JSON.parse(storage.getItem(prefix + theme)));
  const keep = (theme, entry) =>
    attempt((storage) => storage.setItem(prefix + theme, JSON.stringify(entry)));
  const clear = (theme) => attempt((storage) => storage.removeItem(prefix + theme));

  /* What was sent has come in once the portal knows a newer version of it. */
  root.dataset.portalSaved.split(" ").forEach((one) => {
    const [theme, version] = one.split(":");
    const entry = read(theme);
    if (entry && entry.isSent && Number(version) > Number(entry.seen)) clear(theme);
  });

  const form = root.querySelector("form");
  if (!form) return;
  const theme = root.dataset.portalTheme;
  const line = root.querySelector("[data-portal-kept]");
  const seen = form.elements.seen_version;
  const typed = () => {
    const fields = [...new FormData(form)].filter(([name]) => !/token|seen_version/.test(name));
    return Object.fromEntries(fields);
  };
  /* What was typed before this file came over a slow line stays, below what comes back. */
  const isTyped = (field) => field.type === "textarea" && field.value !== field.defaultValue;
  const put = (values) =>
    Object.entries(values).forEach(([name, value]) => {
      const field = form.elements[name];
      if (!field) return;
      const isNew = isTyped(field) && field.value !== value;
      field.value = isNew ? [value, field.value].filter(Boolean).join("\n\n") : value;
    });
  const keepTyped = (isSent) => {
    const at = new Date().toISOString();
    keep(theme, { values: typed(), seen: seen.value, at, isSent, page: window.location.pathname });
  };

  const entry = read(theme);
  const hasMore = [...form.elements].some(isTyped);
  const isAnswer = root.hasAttribute("data-portal-answered");
  if (entry && isAnswer) {
    keepTyped(false);
  } else if (entry && JSON.stringify(entry.values) === JSON.stringify(typed())) {
    clear(theme);
  } else if (entry) {
    put(entry.values);
    seen.value = entry.seen;
    if (hasMore) keepTyped(false);
    line.textContent = RESTORED;
  } else if (hasMore) {
    keepTyped(false);
    line.textContent = KEPT;
  }
  form.addEventListener("input", () => {
    keepTyped(false);
    line.textContent = KEPT;
  });
  form.addEventListener("submit", () => keepTyped(true));
  window.addEventListener("storage", (event) => {
    if (event.key === "portal-signed-out") form.remove();
  });
})();
