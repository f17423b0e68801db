/** One page that makes links without a command line and without a network, for whoever writes the mail. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { Campaign } from '../../core/campaign.ts';
import { MAIL_TOOLS, privacyOf } from '../../core/links/tools.ts';
import { html, type Markup, raw, render } from '../../core/report/markup.ts';
import { REPORT_CSS } from '../../core/report/style.ts';

export interface LinkPageOptions {
  /** Origin that serves the pixel. */
  readonly base: string;
  readonly campaigns: readonly Campaign[];
}

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Text of the whole file. */
export function linkPage({ base, campaigns }: LinkPageOptions): string {
  const script = bundle();
  const css = REPORT_CSS + readFileSync(path('link-page.css'), 'utf8');
  const known = campaigns.map(({ id, name, medium, recording, copies }) => ({
    id,
    name,
    medium,
    recording,
    copies,
  }));
  return render(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="content-security-policy" content="default-src 'none'; script-src '${sourceOf(script)}'; style-src '${sourceOf(css)}'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>clearpixel – make a link</title>
<style>${raw(css)}</style>
</head>
<body>
${body(base, known)}
<script type="application/json" id="facts">${raw(inScript({ base, campaigns: known, tools: toolFacts() }))}</script>
<script>${raw(script)}</script>
</body>
</html>
`);
}

type Known = Pick<Campaign, 'id' | 'name' | 'medium' | 'recording' | 'copies'>;

const body = (base: string, campaigns: readonly Known[]): Markup => html`<main>
<header><h1>Make a link</h1><p class="muted">Images from <b>${base}</b>. This page asks nobody anything: it works offline, and sends nothing.</p></header>
<form class="card" id="form">
${field('campaign', 'Campaign', html`<select id="campaign">${campaigns.map(({ id, name }) => html`<option value="${id}">${name === '' ? id : `${name} (${id})`}</option>`)}<option value="">another, not registered yet</option></select>`)}
${field('other', 'Its id', input('other', 'spring-sale'))}
${field('medium', 'Where', html`<select id="medium"><option value="email">in a mail</option><option value="page">on a page</option><option value="document">in a document</option></select>`)}
${field('source', 'Source', input('source', 'optional, such as newsletter'))}
${field('content', 'Content', input('content', 'optional: where in it, such as footer'))}
${field('tool', 'Mail tool', html`<select id="tool"><option value="">none, or copies are not told apart</option>${MAIL_TOOLS.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</select>`)}
<p class="muted hint" id="tool-says"></p>
${field('alt', 'Banner shows', input('alt', 'for a visible image: what it shows'))}
</form>
<section class="card" aria-labelledby="result-title"><h2 id="result-title">To paste</h2>
<p class="warning" id="note" role="status" hidden></p>
<div id="result"></div>
<p class="note">A load is not a read receipt. People whose mail program blocks images are not counted.</p></section>
</main>`;

const field = (name: string, label: string, control: Markup): Markup =>
  html`<div class="field" id="field-${name}"><label for="${name}">${label}</label>${control}<p class="problem" id="problem-${name}"></p></div>`;

const input = (name: string, hint: string): Markup =>
  html`<input id="${name}" placeholder="${hint}" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="problem-${name}">`;

const toolFacts = (): readonly object[] =>
  MAIL_TOOLS.map((tool) => ({
    id: tool.id,
    tag: tool.tag,
    says: `${tool.tag} comes from ${tool.fill}. ${privacyOf(tool)}`,
  }));

/** The rules of core/links themselves, not a second writing of them. */
function bundle(): string {
  const { outputFiles } = buildSync({
    entryPoints: [path('link-page.js')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
  });
  return (outputFiles[0]?.text ?? '').replaceAll('</script', '<\\/script');
}

const sourceOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** JSON inside of a script element: a name in it must not end the element. */
const inScript = (value: object): string => JSON.stringify(value).replaceAll('<', '\\u003c');
