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

  /* Without a connection a form with much typed in it stays as it is, and says so. */
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (navigator.onLine || !form.hasAttribute("data-portal-guard")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const line = form.querySelector("[data-portal-offline]") || document.createElement("p");
      line.setAttribute("data-portal-offline", "");
      line.setAttribute("role", "alert");
      line.textContent = "No connection: nothing is sent yet. Leave this page open and try again.";
      form.append(line);
    },
    true,
  );

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

  /* What was written on a review and not sent for thirty days can’t come in any more: it goes. */
  try {
    const oldest = Date.now() - 30 * 24 * 3600 * 1000;
    Object.keys(window.localStorage)
      .filter((key) => /^portal-(notes|views):/.test(key))
      .filter((key) => Date.parse(JSON.parse(window.localStorage.getItem(key)).at) < oldest)
      .forEach((key) => window.localStorage.removeItem(key));
  } catch {
    /* A device that keeps nothing has nothing to let go. */
  }

  /* Signing out takes along what this device kept of what she typed, after saying that it isn't sent; what
     others typed waits for them. Pages that are open elsewhere hear of it. */
  document.querySelectorAll("form[data-portal-forget]").forEach((form) => {
    const person = form.dataset.portalForget;
    const ofHers = (room) => {
      try {
        return Object.keys(window.localStorage).filter((key) =>
          key.startsWith(`portal-${room}:${person}:`),
        );
      } catch {
        return []; /* A device that keeps nothing has nothing to forget. */
      }
    };
    const warning = form.querySelector("[data-portal-unsent]");
    const unsent = [...ofHers("notes"), ...ofHers("views")];
    if (unsent.length) {
      const { page } = JSON.parse(window.localStorage.getItem(unsent[0]));
      warning.hidden = false;
      if (page) warning.querySelector("a").href = page;
      form.querySelector("button").textContent = "Sign out and lose it";
    }
    form.addEventListener("submit", () => {
      const gone = [...unsent, ...ofHers("notes"), ...ofHers("minutes")];
      try {
        window.localStorage.setItem("portal-signed-out", String(Date.now()));
        [...gone, "portal-signed-out"].forEach((key) => window.localStorage.removeItem(key));
      } catch {
        /* As above. */
      }
    });
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

  /* Copying what stands in a field, where the browser allows it; the field can be copied by hand. */
  if (navigator.clipboard) {
    document.querySelectorAll("[data-portal-copy]").forEach((button) => {
      const field = document.getElementById(button.dataset.portalCopy);
      button.hidden = false;
      button.addEventListener("click", async () => {
        field.select();
        await navigator.clipboard.writeText(field.value);
        button.textContent = "Copied";
      });
    });
  }

  /* Passkeys: the device answers what the portal asks, and the form takes its answer along. */
  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
  const written = (credential) => {
    const response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(
      (name) => {
        if (credential.response[name]) response[name] = text(credential.response[name]);
      },
    );
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    });
  };
  const asked = async (form) => {
    const place = document.getElementById(form.dataset.portalPasskeyOptions);
    if (place) return JSON.parse(place.textContent);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("too often");
    return answer.json();
  };
  const make = async (options) => {
    const wish = options.creation_options.publicKey;
    return navigator.credentials.create({
      publicKey: {
        ...wish,
        challenge: bytes(wish.challenge),
        user: { ...wish.user, id: bytes(wish.user.id) },
        excludeCredentials: known(wish.excludeCredentials),
        authenticatorSelection: {
          residentKey: "required",
          requireResidentKey: true,
          userVerification: "required",
        },
      },
    });
  };
  const find = async (options) => {
    const wish = options.request_options.publicKey;
    return navigator.credentials.get({
      publicKey: {
        ...wish,
        challenge: bytes(wish.challenge),
        allowCredentials: known(wish.allowCredentials),
      },
    });
  };
  if (window.PublicKeyCredential) {
    document.querySelectorAll("[data-portal-passkey-missing]").forEach((one) => (one.hidden = true));
    document.querySelectorAll("[data-portal-passkey-or]").forEach((one) => (one.hidden = false));
    document.querySelectorAll("form[data-portal-passkey]").forEach((form) => {
      form.hidden = false;
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        event.stopPropagation();
        const failed = form.querySelector("[data-portal-passkey-failed]");
        failed.hidden = true;
        try {
          const act = form.dataset.portalPasskey === "create" ? make : find;
          form.elements.credential.value = written(await act(await asked(form)));
          form.submit();
        } catch {
          failed.hidden = false;
        }
      });
    });
  }
})();
