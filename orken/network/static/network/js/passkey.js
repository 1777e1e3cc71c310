// Adding a passkey: allauth's script talks with the browser, this one says what went wrong in the page itself.
const form = document.querySelector("form[data-passkey]");
const trouble = document.querySelector("[data-trouble]");
if (form instanceof HTMLFormElement) {
  window.allauth.webauthn.forms.addForm({
    ids: { add: "passkey-add", passwordless: form.dataset.passwordless, credential: form.dataset.credential, data: "js_data" },
  });
}
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  if (trouble instanceof HTMLElement) {
    trouble.hidden = false;
    trouble.focus();
  }
});
