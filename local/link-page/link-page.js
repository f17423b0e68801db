/** The browser part of the link page: it asks core/links, as the command line does. */
import { LINK_FORMS, linkForm } from '../../core/links/forms.ts';
import { linkNote } from '../../core/links/notes.ts';
import { checkLink, makeLink } from '../../core/links/pixel-link.ts';

const byId = (id) => document.getElementById(id);
const { base, campaigns, tools } = JSON.parse(byId('facts').textContent);
const WORDS = {
  url: 'Address',
  html: 'HTML, invisible',
  markdown: 'Markdown',
  document: 'Document viewer',
  banner: 'Visible banner',
};
const FIELDS = ['campaign', 'medium', 'source', 'content'];
const FIELD_OF = { campaign: 'other', copyTag: 'tool' };

/** One text to paste, with its button; made once and filled anew. */
const outputs = LINK_FORMS.map((form) => {
  const box = document.createElement('div');
  box.className = 'output';
  const label = document.createElement('h3');
  label.textContent = WORDS[form];
  const code = document.createElement('code');
  code.tabIndex = 0;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.setAttribute('aria-label', `Copy: ${WORDS[form]}`);
  button.addEventListener('click', () => copy(code, button));
  box.append(label, button, code);
  byId('result').append(box);
  return { form, code };
});

async function copy(code, button) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(code);
    button.textContent = 'Selected';
  }
  setTimeout(() => {
    button.textContent = 'Copy';
  }, 2000);
}

const value = (id) => byId(id).value.trim();

function requestNow() {
  const tool = tools.find(({ id }) => id === value('tool'));
  return {
    campaign: value('campaign') || value('other'),
    medium: value('medium'),
    source: value('source'),
    content: value('content'),
    copyTag: tool?.tag ?? '',
  };
}

function showProblems(problems) {
  for (const field of [...FIELDS, 'copyTag']) {
    const id = FIELD_OF[field] ?? field;
    const reason = problems.find((problem) => problem.field === field)?.reason ?? '';
    byId(`problem-${id}`).textContent = reason;
    byId(id).setAttribute('aria-invalid', String(reason !== ''));
  }
}

function show() {
  const request = requestNow();
  const campaign = campaigns.find(({ id }) => id === request.campaign);
  byId('field-other').hidden = value('campaign') !== '';
  byId('tool-says').textContent = tools.find(({ id }) => id === value('tool'))?.says ?? '';
  const problems = checkLink(request);
  showProblems(problems);
  byId('result').hidden = problems.length > 0;
  const note = problems.length > 0 ? null : linkNote(request.campaign, campaign, request.copyTag !== '');
  byId('note').hidden = note === null;
  byId('note').textContent = note ?? '';
  if (problems.length > 0) return;
  const { url } = makeLink(base, request);
  for (const { form, code } of outputs) code.textContent = linkForm(form, url, { alt: value('alt') });
}

/** Where a campaign is placed is known from the registry. */
function takeMedium() {
  const medium = campaigns.find(({ id }) => id === value('campaign'))?.medium;
  if (medium) byId('medium').value = medium;
}

byId('form').addEventListener('submit', (event) => event.preventDefault());
byId('campaign').addEventListener('change', takeMedium);
byId('form').addEventListener('input', show);
takeMedium();
show();
