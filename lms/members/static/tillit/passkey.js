/* Passkeys: a form with data-passkey asks the device, writes its answer into the hidden field, and is sent.
   data-passkey="create" sets one up, "get" uses one. The options stand in #passkey-options, or are
   fetched from data-options when the button is pressed. Without passkeys in the browser it says so. */
(() => {
  "use strict";

  const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const keyed = (list) => (list || []).map((one) => ({ ...one, id: toBytes(one.id) }));

  async function create({ publicKey: asked }) {
    const publicKey = { ...asked, challenge: toBytes(asked.challenge), excludeCredentials: keyed(asked.excludeCredentials) };
    publicKey.user = { ...asked.user, id: toBytes(asked.user.id) };
    publicKey.authenticatorSelection = {
      ...asked.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required",
    };
    const made = await navigator.credentials.create({ publicKey });
    const { clientDataJSON, attestationObject } = made.response;
    return answer(made, {
      clientDataJSON: toText(clientDataJSON),
      attestationObject: toText(attestationObject),
      transports: made.response.getTransports ? made.response.getTransports() : [],
    });
  }

  async function get({ publicKey: asked }) {
    const publicKey = { ...asked, challenge: toBytes(asked.challenge), allowCredentials: keyed(asked.allowCredentials) };
    const found = await navigator.credentials.get({ publicKey });
    const { clientDataJSON, authenticatorData, signature, userHandle } = found.response;
    return answer(found, {
      clientDataJSON: toText(clientDataJSON),
      authenticatorData: toText(authenticatorData),
      signature: toText(signature),
      userHandle: userHandle ? toText(userHandle) : null,
    });
  }

  const answer = (key, response) => ({
    type: key.type, id: key.id, rawId: toText(key.rawId), authenticatorAttachment: key.authenticatorAttachment,
    clientExtensionResults: key.getClientExtensionResults(), response,
  });

  async function optionsOf(form) {
    if (!form.dataset.options) return JSON.parse(document.getElementById("passkey-options").textContent);
    return (await fetch(form.dataset.options, { headers: { Accept: "application/json" } })).json();
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const note = (name, isShown) => {
      const place = form.querySelector(`[data-passkey-${name}]`);
      if (place) place.hidden = !isShown;
    };
    if (!window.PublicKeyCredential) {
      note("missing", true);
      continue;
    }
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      note("refused", false);
      try {
        const said = await optionsOf(form);
        const key = form.dataset.passkey === "create" ? await create(said.creation_options) : await get(said.request_options);
        form.elements.credential.value = JSON.stringify(key);
        form.submit();
      } catch (error) {
        note(error.name === "InvalidStateError" ? "known" : "refused", true);
      }
    });
  }
})();
