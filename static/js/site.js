// Small helps that the pages do without: copy buttons on code, focus on a form's error summary, the browser's time zone.
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

  // The browser knows its time zone: a hidden field is filled with it, a visible one gets a button that offers it.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  // The list behind that field is made when it is first needed, because it is long; without script the page has it.
  const offerZones = (field) => field.addEventListener("focus", () => {
    if (!Intl.supportedValuesOf || document.getElementById("time-zones")) return;
    const list = document.createElement("datalist");
    list.id = "time-zones";
    for (const name of Intl.supportedValuesOf("timeZone")) list.append(new Option(name, name));
    document.body.append(list);
  });

  for (const field of document.querySelectorAll("[data-browser-zone]")) {
    if (field.dataset.browserZone === "fill") {
      field.value ||= zone || "";
      continue;
    }
    offerZones(field);
    if (!zone || field.value === zone) continue;
    const hint = document.createElement("p");
    hint.className = "meta zone-hint";
    hint.append(`Your browser is in ${zone.replaceAll("_", " ")}. `);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-outline-secondary btn-sm";
    button.textContent = "Use this time zone";
    button.addEventListener("click", () => {
      field.value = zone;
      hint.textContent = "Taken over. It counts when you save.";
      status.textContent = hint.textContent;
      field.focus();
    });
    hint.append(button);
    field.after(hint);
  }
})();
