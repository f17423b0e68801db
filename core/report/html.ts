/** The report as one HTML page that needs nothing else: no script, no remote font, no image. */

import { automatedBlock, contextsBlock, daysBlock, footBlock } from './blocks.ts';
import { campaignsBlock } from './campaigns-block.ts';
import { headlineBlock } from './headline-block.ts';
import { html, type Markup, raw, render } from './markup.ts';
import type { Report } from './report.ts';
import { periodLine, summarySentence } from './sentences.ts';
import { REPORT_CSS } from './style.ts';

/** A whole HTML document of 600 px, light and dark. */
export function reportHtml(report: Report): string {
  const body = html`<main class="report">
<header><h1>clearpixel</h1><p>${periodLine(report)}</p></header>
${headlineBlock(report)}
${campaignsBlock(report)}
${daysBlock(report)}
${automatedBlock(report)}
${contextsBlock(report)}
${footBlock(report)}
</main>`;
  return render(page({ title: `clearpixel – ${summarySentence(report)}`, css: REPORT_CSS, body }));
}

export interface PageParts {
  readonly title: string;
  readonly css: string;
  readonly body: Markup;
}

/** The document around a body. */
export const page = ({ title, css, body }: PageParts): Markup => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${raw(css)}</style>
</head>
<body>
${body}
</body>
</html>
`;
