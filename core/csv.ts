/** A cell as CSV has it: quoted where a reader would else split, join or trim it. */
export const csvCell = (text: string): string =>
  /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
