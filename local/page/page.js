/** The browser part of the local page, placed into it as a module: live pixel, feed, link maker. */
const byId = (id) => document.getElementById(id);
const element = (tag, className, text) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
};
const say = (id, text) => {
  byId(id).textContent = text;
};

// --- Try it ---
const ownUrl = byId('try-url').textContent;

// A browser shows an image twice from memory; the edge ignores the parameter that makes each address new.
byId('load-own').addEventListener('click', () => {
  const image = new Image(1, 1);
  const failed = () =>
    say('try-state', 'The pixel could not be loaded: an extension may block it, which is your right.');
  image.addEventListener('load', () => say('try-state', 'Loaded. It will be in the feed in a moment.'));
  image.addEventListener('error', failed);
  image.src = `${ownUrl}&_=${Math.random().toString(36).slice(2)}`;
});

for (const button of document.querySelectorAll('[data-persona]')) {
  button.addEventListener('click', async () => {
    const answer = await fetch(`/api/load?as=${button.dataset.persona}`, { method: 'POST' }).catch(
      () => null,
    );
    say(
      'try-state',
      answer?.ok ? 'Loaded. It will be in the feed in a moment.' : 'The server did not answer.',
    );
  });
}

// --- Live loads ---
const shown = [];
let last = 0;
let clockSkew = 0;

const ago = (ms) => {
  const seconds = Math.round((Date.now() + clockSkew - ms) / 1000);
  if (seconds < 2) return 'now';
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
};

const entryItem = (entry) => {
  const item = element('li');
  const time = element('span', 'when', ago(entry.loadedMs));
  const body = element('div');
  const name = element('p', 'name');
  name.append(element('i', `swatch ${entry.swatch}`), document.createTextNode(entry.name));
  const label = element('p');
  label.append(element('span', `tag ${entry.swatch}-tag`, entry.label));
  if (entry.confidence) label.append(document.createTextNode(` ${entry.confidence} confidence`));
  body.append(name, label, element('p', '', entry.sentence));
  if (entry.reasons.length > 0) body.append(element('p', 'because', `because: ${entry.reasons.join(' · ')}`));
  if (entry.explanation) {
    const details = element('details');
    details.append(element('summary', '', 'the whole explanation'), element('pre', '', entry.explanation));
    body.append(details);
  }
  item.append(time, body);
  shown.unshift({ item, time, loadedMs: entry.loadedMs });
  return item;
};

const time = (ms) => new Date(ms).toLocaleTimeString();

/** Rows of the view document_access; a token is shown by its beginning. */
const showAccess = (access) => {
  const table = byId('access');
  if (!table || access.length === 0) return;
  const rows = access.map(({ recipient, firstMs, lastMs, loads }) => {
    const row = element('tr');
    for (const text of [`${recipient.slice(0, 8)}…`, time(firstMs), time(lastMs), String(loads)])
      row.append(element('td', '', text));
    return row;
  });
  table.tBodies[0].replaceChildren(...rows);
  table.hidden = false;
  byId('access-empty').hidden = true;
};

const look = async () => {
  const answer = await fetch(`/api/live?after=${last}`).catch(() => null);
  if (!answer?.ok) return;
  const { now, entries, access } = await answer.json();
  showAccess(access);
  clockSkew = now - Date.now();
  for (const entry of entries) {
    byId('feed').prepend(entryItem(entry));
    last = entry.number;
  }
  if (last > 0) byId('feed-empty').hidden = true;
  for (const { item } of shown.splice(30)) item.remove();
  for (const { time, loadedMs } of shown) time.textContent = ago(loadedMs);
};
setInterval(() => {
  if (!document.hidden) void look();
}, 1000);
void look();

// --- Make a link ---
const form = byId('link-form');
const FIELDS = ['campaign', 'medium', 'source', 'content', 'copyTag'];
let asked = 0;

const showProblems = (problems) => {
  for (const field of FIELDS) {
    const reason = problems.find((problem) => problem.field === field)?.reason ?? '';
    say(`problem-${field}`, reason);
    byId(`link-${field}`).setAttribute('aria-invalid', String(reason !== ''));
  }
  byId('link-result').hidden = problems.length > 0;
};

const makeLink = async () => {
  asked += 1;
  const mine = asked;
  const answer = await fetch(`/api/link?${new URLSearchParams(new FormData(form))}`).catch(() => null);
  if (!answer?.ok || mine !== asked) return;
  const { url, snippet, registered, problems } = await answer.json();
  showProblems(problems);
  byId('link-note').hidden = problems.length > 0 || registered;
  if (problems.length > 0) return;
  say('link-url', url);
  say('link-snippet', snippet);
  say('copy-state', '');
  say(
    'link-note',
    'This campaign is not registered yet: until it is, its loads are counted as unregistered and never shown by name.',
  );
};
form.addEventListener('input', makeLink);
form.addEventListener('submit', (event) => event.preventDefault());
byId('copy').addEventListener('click', async () => {
  try {
    await navigator.clipboard.writeText(byId('link-snippet').textContent);
    say('copy-state', 'Copied.');
  } catch {
    getSelection().selectAllChildren(byId('link-snippet'));
    say('copy-state', 'Selected: copy it with the keyboard.');
  }
});
void makeLink();
