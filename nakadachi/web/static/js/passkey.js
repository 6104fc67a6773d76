/* Passkeys: the browser's own dialogue, then an ordinary form. A form with data-passkey is of no use without. */
(() => {
  if (!window.PublicKeyCredential) return;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const keys = (list) => (list || []).map((key) => ({ ...key, id: bytes(key.id) }));

  const create = (options) => {
    const wanted = { ...options, challenge: bytes(options.challenge), excludeCredentials: keys(options.excludeCredentials) };
    wanted.user = { ...options.user, id: bytes(options.user.id) };
    wanted.authenticatorSelection = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
    return navigator.credentials.create({ publicKey: wanted });
  };

  const get = (options) => {
    const wanted = { ...options, challenge: bytes(options.challenge), allowCredentials: keys(options.allowCredentials) };
    return navigator.credentials.get({ publicKey: wanted });
  };

  const said = (credential) => {
    const { response } = credential;
    const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
    const given = parts.filter((part) => response[part]).map((part) => [part, text(response[part])]);
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response: Object.fromEntries(given),
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  };

  const options = async (form) => {
    const inside = form.querySelector("script[type='application/json']");
    if (inside) return JSON.parse(inside.textContent).publicKey;
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    return (await answer.json()).request_options.publicKey;
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    const failed = form.querySelector("[data-passkey-failed]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      failed.hidden = true;
      try {
        const ask = form.dataset.passkey === "create" ? create : get;
        form.elements.credential.value = said(await ask(await options(form)));
        form.submit();
      } catch {
        failed.hidden = false;
      }
    });
  }
})();
