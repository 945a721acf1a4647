// What was typed in a form with `data-keep` stays in this tab until it has arrived: a lost connection loses nothing.
const PREFIX = "typed:";

const controls = (form) => [...form.elements].filter((control) => control.name && !["hidden", "file", "submit", "button", "password"].includes(control.type));

const typed = (form) =>
  controls(form)
    .filter((control) => (["radio", "checkbox"].includes(control.type) ? control.checked : control.value))
    .map((control) => [control.name, control.value]);

// Puts back what is not there already and says whether that was anything.
const restore = (form, values) => {
  const before = JSON.stringify(typed(form));
  for (const control of controls(form)) {
    const mine = values.filter(([name]) => name === control.name).map(([, value]) => value);
    if (["radio", "checkbox"].includes(control.type)) control.checked = control.checked || mine.includes(control.value);
    else if (!control.value && mine.length) control.value = mine[0];
  }
  return JSON.stringify(typed(form)) !== before;
};

const tell = (form, text) => {
  const note = form.querySelector("[data-keep-note]");
  note.textContent = text;
  note.hidden = false;
};

// what was sent from another page than this one has arrived: the answer is this page
for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX))) {
  if (JSON.parse(sessionStorage[key]).sent && key !== PREFIX + location.pathname) sessionStorage.removeItem(key);
}

for (const form of document.querySelectorAll("form[data-keep]")) {
  const key = PREFIX + location.pathname;
  const kept = JSON.parse(sessionStorage[key] ?? "null");
  // `data-keep` changes with every word that arrives, so what was stored since is not put back
  if (kept?.since === form.dataset.keep && restore(form, kept.values)) tell(form, form.dataset.keepRestored);
  const keep = (sent) => (sessionStorage[key] = JSON.stringify({ since: form.dataset.keep, values: typed(form), sent }));
  form.addEventListener("input", () => keep(false));
  form.addEventListener("submit", (event) => {
    keep(navigator.onLine);
    if (navigator.onLine) return;
    event.preventDefault();
    tell(form, form.dataset.keepOffline);
  });
}
