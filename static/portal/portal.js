/* What a page does a little better with a script. Every page works without this file. */
(function () {
  "use strict";

  /* A page that comes back with errors speaks first of those. */
  const summary = document.querySelector("[data-portal-error-summary]");
  if (summary && !summary.closest("[data-portal-quiet]")) summary.focus();

  /* A drop menu closes by Escape and when somebody turns elsewhere. */
  const menus = document.querySelectorAll("details[data-portal-drop]");
  const close = (menu) => {
    menu.open = false;
  };
  document.addEventListener("click", (event) => {
    menus.forEach((menu) => menu.open && !menu.contains(event.target) && close(menu));
  });
  menus.forEach((menu) => {
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) close(menu);
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      close(menu);
      menu.querySelector("summary").focus();
    });
  });

  /* Leaving a form with something typed in it asks first. */
  const guarded = document.querySelectorAll("form[data-portal-guard]");
  const unsaved = new Set();
  guarded.forEach((form) => {
    form.addEventListener("input", () => unsaved.add(form));
    form.addEventListener("submit", () => unsaved.delete(form));
  });
  if (guarded.length) {
    window.addEventListener("beforeunload", (event) => {
      if (unsaved.size) event.preventDefault();
    });
  }

  /* A second press on a button that is already at work sends nothing twice. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.hasAttribute("data-portal-sent")) event.preventDefault();
    form.setAttribute("data-portal-sent", "");
    window.setTimeout(() => form.removeAttribute("data-portal-sent"), 8000);
  });

  /* A choice that is applied at once where there is a script; its button stays otherwise. */
  document.querySelectorAll("[data-portal-apply]").forEach((field) => {
    field.addEventListener("change", () => field.form.requestSubmit());
  });

  /* Printing by a button, which is hidden where no script would answer it. */
  document.querySelectorAll("[data-portal-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();
