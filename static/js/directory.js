// The directory with htmx: when a part cannot be fetched the whole page is, and focus never gets lost.
(() => {
  "use strict";

  const openWhole = (event) => {
    const path = event.detail.pathInfo && event.detail.pathInfo.finalRequestPath;
    if (path) window.location.assign(path);
  };
  document.addEventListener("htmx:responseError", openWhole);
  document.addEventListener("htmx:sendError", openWhole);

  document.addEventListener("htmx:afterSettle", () => {
    // The words may have been taken away by a link; whoever is typing is left alone.
    const words = document.getElementById("id_q");
    if (document.activeElement !== words) words.value = document.getElementById("said").dataset.text;

    // What was pressed may be gone with what it did, as a filter that was removed: go on from the number of people.
    if (document.activeElement && document.activeElement !== document.body) return;
    const count = document.getElementById("count");
    count.setAttribute("tabindex", "-1");
    count.focus({ preventScroll: true });
  });
})();
