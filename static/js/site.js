// Small helps that the pages do without: copy buttons on code, focus on a form's error summary.
(() => {
  "use strict";

  const summary = document.getElementById("error-summary");
  if (summary) summary.focus();

  const status = document.createElement("div");
  status.setAttribute("role", "status");
  status.className = "copy-status";
  document.body.append(status);

  for (const figure of document.querySelectorAll("figure.code")) {
    const caption = figure.querySelector("figcaption");
    const code = figure.querySelector("pre");
    if (!caption || !code || !navigator.clipboard) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-link btn-sm";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy ${caption.textContent.trim()}`);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
      status.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; status.textContent = ""; }, 2000);
    });
    caption.append(button);
  }
})();
