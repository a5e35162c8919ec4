// Reading: the contents list follows, the place is kept for the next device, notes save themselves, bookmarks stay on
// the page, and who agreed to it has a Concept marked as read at its end. Everything but the place also works without.
//
// Places: [data-place-kind][data-place-key] around the text, [data-section][data-section-title] for each of its parts.
(() => {
  "use strict";

  const PLACE = "/me/learning/place/";
  const PLACE_EVERY = 5000, SAVE_AFTER = 10000, LEAVING_FITS = 15000; // milliseconds, and characters that still go out
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  const leaving = []; // what is to be sent when the page is left or hidden
  const post = (address, data, keepalive = false) =>
    fetch(address, { method: "POST", body: data, headers: { Accept: "application/json" }, keepalive }).catch(() => null);

  // Where the reader is: the last section that crosses a band below the top of the window.
  const text = document.querySelector("[data-place-kind][data-place-key]");
  const sections = [...document.querySelectorAll("[data-section]")];
  const links = new Map([...document.querySelectorAll(".toc a[href^='#']")].map((link) => [link.hash.slice(1), link]));
  const inBand = new Set();
  let current = null, unsent = false, sentAt = 0, timer = 0;

  const sendPlace = () => {
    clearTimeout(timer);
    timer = 0;
    if (!unsent) return;
    unsent = false;
    sentAt = Date.now();
    const said = new FormData();
    said.append("csrfmiddlewaretoken", token());
    said.append("kind", text.dataset.placeKind);
    said.append("key", text.dataset.placeKey);
    said.append("section", current.dataset.section);
    said.append("title", current.dataset.sectionTitle);
    navigator.sendBeacon(PLACE, said);
  };

  const moveTo = (section) => {
    if (current) links.get(current.dataset.section)?.removeAttribute("aria-current");
    links.get(section.dataset.section)?.setAttribute("aria-current", "true");
    current = section;
    if (!text || !text.contains(section)) return;
    unsent = true;
    timer ||= setTimeout(sendPlace, Math.max(0, sentAt + PLACE_EVERY - Date.now()));
  };

  const band = new IntersectionObserver((entries) => {
    for (const entry of entries) entry.isIntersecting ? inBand.add(entry.target) : inBand.delete(entry.target);
    const here = sections.filter((section) => inBand.has(section)).pop();
    if (here && here !== current) moveTo(here);
  }, { rootMargin: "-64px 0px -80% 0px" });
  for (const section of sections) band.observe(section);
  leaving.push(sendPlace);

  for (const form of document.querySelectorAll("form[data-autosave]")) {
    const field = form.querySelector("textarea"), status = form.querySelector("[role=status]");
    let saved = field.value, waits = 0, busy = false;
    const later = () => { waits ||= setTimeout(save, SAVE_AFTER); };
    const save = async (goes = false) => {
      clearTimeout(waits);
      waits = 0;
      if (field.value === saved) return;
      if (busy) { later(); return; }
      busy = true;
      const sent = field.value;
      const answer = await post(form.action, new FormData(form), goes === true && sent.length < LEAVING_FITS);
      const said = await answer?.json().catch(() => null);
      busy = false;
      if (answer?.ok && said) {
        saved = sent;
        form.elements.seen.value = said.seen;
      }
      status.textContent = said?.saved || said?.error || "Not saved yet. Press the button to try again.";
    };
    field.addEventListener("input", later);
    form.addEventListener("submit", () => { saved = field.value; });
    leaving.push(() => save(true));
  }

  for (const form of document.querySelectorAll("form[data-bookmark]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const keep = form.elements.keep;
      const answer = await post(form.action, new FormData(form));
      if (!answer?.ok) { form.submit(); return; }
      form.querySelector("button").setAttribute("aria-pressed", String(keep.value === "1"));
      keep.value = keep.value === "1" ? "0" : "1";
    });
  }

  const end = document.querySelector("[data-read-to]");
  if (end) {
    const watch = new IntersectionObserver(async (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      const said = new FormData();
      said.append("csrfmiddlewaretoken", token());
      const answer = await post(end.dataset.readTo, said);
      const status = end.querySelector("[role=status]");
      if (status && (await answer?.json().catch(() => null))?.read) status.textContent = "Marked as read.";
    });
    watch.observe(end);
  }

  const leave = () => { for (const send of leaving) send(); };
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") leave(); });
  addEventListener("pagehide", leave);
})();
