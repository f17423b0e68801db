/** Lays out lines for a reader with a fixed width. */

const WIDTH = 78;

/** What may be printed: names come from outside and may hold line breaks, escapes or direction marks. */
export const plain = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '�');

/** Keeps the sentences that there are. */
export const isText = (value: string | null): value is string => value !== null;

const lengthOf = (text: string): number => [...text].length;

/** At most so many columns, the rest as an ellipsis. */
export function cut(text: string, width = WIDTH - 4): string {
  const letters = [...plain(text)];
  return letters.length <= width ? letters.join('') : `${letters.slice(0, width - 1).join('')}…`;
}

/** Breaks at spaces that may break (not inside figures); no lines for null. */
export function wrap(text: string | null, width = WIDTH): readonly string[] {
  if (text === null) return [];
  const lines: string[] = [];
  let line = '';
  for (const word of plain(text).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (lengthOf(longer) > width && line !== '') {
      lines.push(line);
      line = cut(word, width);
    } else line = cut(longer, width);
  }
  return [...lines, line];
}

/** Two spaces before each line that holds something. */
export const indent = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => (line === '' ? '' : `  ${line}`));

/** Rows as aligned columns, two spaces between; cut where they would leave the page. */
export function columns(
  rows: readonly (readonly string[])[],
  sides: readonly ('left' | 'right')[],
): readonly string[] {
  const widths = sides.map((_, index) => Math.max(0, ...rows.map((row) => lengthOf(row[index] ?? ''))));
  return rows.map((row) => {
    const cells = row.map((cell, index) => pad(plain(cell), widths[index] ?? 0, sides[index] ?? 'left'));
    return cut(cells.join('  ').trimEnd());
  });
}

function pad(text: string, width: number, side: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - lengthOf(text)));
  return side === 'right' ? space + text : text + space;
}
