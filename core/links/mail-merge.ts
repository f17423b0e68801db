/** Adds a pixel's address to each row of a mail-merge file. Rows are handed in one by one: the file may be of any size. */

import { createHash } from 'node:crypto';
import { FORMULA } from '../csv.ts';
import type { Copy } from './pixel-link.ts';

export interface MailMergeOptions {
  /** Column that tells recipients apart. */
  readonly column: string;
  /** Column that says who consented, for a campaign whose recording is consented; null for others. */
  readonly consentColumn: string | null;
  readonly link: (copy: Copy) => string;
  /** That many random bytes. */
  readonly random: (bytes: number) => Buffer;
}

export interface MergedRow {
  readonly cells: readonly string[];
  /** The token, and whose it is; null where none was given. */
  readonly token: readonly [string, string] | null;
}

/** What is added to each row: the whole address, and its nonce alone for tools that take a tag. */
export const ADDED_COLUMNS = ['pixel_url', 'pixel_nonce'] as const;

const CONSENTED = /^(1|yes|true)$/i;
const DENIED = /^(|0|no|false)$/i;

/** A file's rows in their order, the header first; every method throws a sentence that names no cell's text. */
export class MailMerge {
  private readonly options: MailMergeOptions;
  private readonly seen = new Set<number>();
  /** Two different recipients of equal hash would stop a run; with another salt the next run goes through. */
  private readonly salt: Buffer;
  private recipientAt = -1;
  private consentAt = -1;
  private width = 0;

  constructor(options: MailMergeOptions) {
    this.options = options;
    this.salt = options.random(16);
  }

  /** The header with the new columns. */
  header(cells: readonly string[]): readonly string[] {
    const { column, consentColumn } = this.options;
    checkCells(cells);
    for (const name of cells) {
      if (name.trim() === '') throw new Error('a column has no name: name it, or take it out');
      if (cells.indexOf(name) !== cells.lastIndexOf(name))
        throw new Error(`column "${name}" is there twice: keep one`);
    }
    const taken = ADDED_COLUMNS.find((name) => cells.includes(name));
    if (taken !== undefined) throw new Error(`column ${taken} is there already: take it out`);
    this.width = cells.length;
    this.recipientAt = place(cells, column, 'name another with --recipient-column');
    if (consentColumn !== null)
      this.consentAt = place(cells, consentColumn, 'say there with 1 or 0 who consented, row by row');
    return [...cells, ...ADDED_COLUMNS];
  }

  row(cells: readonly string[]): MergedRow {
    if (cells.length !== this.width)
      throw new Error(
        `the header names ${this.width} columns, got ${cells.length} cells: quote cells that hold a comma`,
      );
    checkCells(cells);
    const recipient = this.recipientOf(cells);
    const token = this.consented(cells) ? this.options.random(15).toString('base64url') : null;
    const nonce = this.options.random(12).toString('base64url');
    const url = this.options.link({ nonce, token });
    return { cells: [...cells, url, nonce], token: token === null ? null : [token, recipient] };
  }

  private recipientOf(cells: readonly string[]): string {
    const recipient = cells[this.recipientAt]?.trim() ?? '';
    if (recipient === '') throw new Error(`${this.options.column} is empty: say whose row it is`);
    const key = this.keyOf(recipient);
    if (this.seen.has(key))
      throw new Error(`${this.options.column} names a recipient of an earlier row: keep one`);
    this.seen.add(key);
    return recipient;
  }

  /** 53 bits, so that a million recipients take tens of megabytes, not their text. */
  private keyOf(recipient: string): number {
    const hash = createHash('sha256').update(this.salt).update(recipient.toLowerCase()).digest();
    return hash.readUInt32BE(0) * 2 ** 21 + (hash.readUInt32BE(4) >>> 11);
  }

  private consented(cells: readonly string[]): boolean {
    if (this.consentAt < 0) return false;
    const said = cells[this.consentAt]?.trim() ?? '';
    if (CONSENTED.test(said)) return true;
    if (DENIED.test(said)) return false;
    throw new Error(`${this.options.consentColumn} says neither 1 nor 0: write one of them`);
  }
}

function place(header: readonly string[], column: string, hint: string): number {
  const at = header.indexOf(column);
  if (at < 0) throw new Error(`there is no column "${column}" among ${header.join(', ')}: ${hint}`);
  return at;
}

function checkCells(cells: readonly string[]): void {
  if (cells.some((cell) => cell.includes('\uFFFD')))
    throw new Error('some characters are not UTF-8: save the file with that encoding');
  const at = cells.findIndex((cell) => FORMULA.test(cell));
  if (at >= 0) throw new Error(`cell ${at + 1} begins like a formula: a spreadsheet would run it`);
}
