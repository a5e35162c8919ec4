// Passkeys: says on the page, in words, what the browser could not do, and what to do then.
(() => {
  "use strict";

  const says = document.getElementById("passkey-says");
  const words = {
    NotAllowedError: "That was cancelled or took too long. Press the button again, or log in with your password.",
    InvalidStateError: "This device holds a key for your account already. Use another device, or the key you have.",
    SecurityError: "Passkeys work only at this site's own address over https. Your password works here.",
    NotSupportedError: "This device cannot make such a key. Try another device or a security key.",
  };
  const other = "That did not work. Press the button again, or use another way.";

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const name = event.detail.exception && event.detail.exception.name;
    if (says) says.textContent = window.PublicKeyCredential ? words[name] || other : "This browser knows no passkeys. Use another way.";
  });
})();
