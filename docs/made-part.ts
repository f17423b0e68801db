const BEGIN = '<!-- begin: npm run docs -->';
const END = '<!-- end -->';

/** A page with the part between its marks written anew; throws where a mark is missing. */
export function replaceMadePart(page: string, name: string, text: string): string {
  const from = page.indexOf(BEGIN);
  const until = page.indexOf(END);
  if (from < 0 || until < from) throw new Error(`${name} holds ${BEGIN} and ${END}: put both back`);
  return `${page.slice(0, from)}${BEGIN}\n\n${text}\n\n${page.slice(until)}`;
}
