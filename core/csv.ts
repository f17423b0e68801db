/** Cells of CSV, for readers that are spreadsheets too. */

/** A cell as CSV has it: quoted where a reader would else split, join or trim it. */
export const csvCell = (text: string): string =>
  /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** Text that a spreadsheet would run. Signed numbers, phone numbers among them, are none. */
export const FORMULA = /^(?:[=@\t\r]|[+-](?![\d\s().,/-]*$))/;
