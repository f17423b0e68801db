/** The side of the page: the live pixel, the feed of loads, the link maker. The browser part fills them. */
import { html, type Markup } from '../../core/report/markup.ts';
import { PERSONAS, TRY_CAMPAIGN } from './personas.ts';

/** Buttons that load the page's own pixel, as the visitor and as others. */
export const tryPanel = (
  origin: string,
): Markup => html`<section class="card try" id="live" aria-labelledby="try-title">
<h2 id="try-title">Try it</h2>
<p>Each button loads a pixel. That makes one more log line, which goes through the same code as on AWS.</p>
<code id="try-url">${origin}/p.gif?utm_campaign=${TRY_CAMPAIGN}&amp;utm_medium=page</code>
<div class="buttons"><button type="button" class="first" id="load-own">Load the pixel</button>
${PERSONAS.map(({ id, button }) => html`<button type="button" data-persona="${id}">${button}</button>`)}</div>
<p id="try-state" role="status"></p>
</section>`;

/** Loads as they arrive. */
export const feedPanel = (): Markup => html`<section class="card feed" aria-labelledby="feed-title">
<h2 id="feed-title">Live loads</h2>
<p class="muted" id="feed-empty">Nothing yet. A load shows up here a second or two after it happened, with its label and the reason for it.</p>
<ol id="feed" aria-live="polite" aria-relevant="additions"></ol>
</section>`;

/** A hosted document whose readers are asked, and what the operator sees of those who agreed. */
export const documentPanel = (
  tokens: readonly string[],
): Markup => html`<section class="card access" id="document" aria-labelledby="document-title">
<h2 id="document-title">A document</h2>
<p>Open the example as a reader whose link carries a token. Their loads have a row below only where they agreed, and it tells of access, not of reading.</p>
<p class="buttons">${tokens.map(
  (token, index) =>
    html`<a class="button" href="/document#${token}" target="_blank" rel="noopener">Open as reader ${index + 1}</a>`,
)}</p>
<table id="access" hidden><caption class="hidden">Readers who agreed</caption>
<thead><tr><th scope="col">Token</th><th scope="col">First load</th><th scope="col">Last load</th><th scope="col">Loads</th></tr></thead>
<tbody></tbody></table>
<p class="muted" id="access-empty">Nobody has agreed yet.</p>
</section>`;

const field = (name: string, label: string, control: Markup): Markup => html`<div class="field">
<label for="link-${name}">${label}</label>${control}<p class="problem" id="problem-${name}"></p></div>`;

const textInput = (name: string, value: string, hint: string): Markup =>
  html`<input id="link-${name}" name="${name}" value="${value}" placeholder="${hint}" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="problem-${name}">`;

/** Makes the address and the snippet of a placement. */
export const linkPanel = (
  campaigns: readonly string[],
): Markup => html`<section class="card link" id="links" aria-labelledby="link-title">
<h2 id="link-title">Make a link</h2>
<form id="link-form">
${field(
  'campaign',
  'Campaign',
  html`<input id="link-campaign" name="campaign" value="spring-sale" list="known-campaigns" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="problem-campaign">
<datalist id="known-campaigns">${campaigns.map((name) => html`<option value="${name}"></option>`)}</datalist>`,
)}
${field(
  'medium',
  'Where',
  html`<select id="link-medium" name="medium" aria-describedby="problem-medium"><option value="email">email</option><option value="page">page</option><option value="document">document</option></select>`,
)}
${field('source', 'Source', textInput('source', 'newsletter', 'optional'))}
${field('content', 'Content', textInput('content', '', 'optional: where in it, such as footer'))}
${field('copyTag', 'Copies', textInput('copyTag', '{{message_id}}', 'merge tag of a random value per copy'))}
<p class="muted hint">The merge tag tells copies apart, so that a mailbox that keeps the image does not hide a second reader. Use a value that is random for each copy: a subscriber’s number would be personal data in the mail, and some regulators count any link per copy as individual measurement. Leave it empty to count loads only.</p>
</form>
<div id="link-result">
<p class="label" id="url-label">Address</p><code id="link-url" aria-labelledby="url-label"></code>
<p class="label" id="snippet-label">For the mail or page</p><code id="link-snippet" aria-labelledby="snippet-label"></code>
<button type="button" id="copy">Copy the snippet</button> <span id="copy-state" role="status" class="muted"></span>
</div>
<p class="note" id="link-note" hidden></p>
</section>`;
