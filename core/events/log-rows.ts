import type { Batch } from '../batch.ts';
import type { DropReason } from '../drops.ts';
import type { IngestSettings } from '../ingest-settings.ts';
import { BLOCK_LINES, LineBlock } from '../log/block.ts';
import { NEEDED_IMPORT, NEEDED_OWN } from '../log/format.ts';
import { LogLines } from '../log/log-lines.ts';
import { dayOfName } from './day.ts';
import { clearDraft, type Draft, newDraft } from './draft.ts';
import { DropCounts } from './drop-rows.ts';
import { Repeats } from './identity.ts';
import { memoryOf } from './memory.ts';
import { PARSER, RowBuffer } from './row-buffer.ts';
import { EVENT_STEPS, type EventStep } from './steps.ts';

export interface RowOptions {
  /** A batch is handed over as soon as it has so many rows. */
  readonly rowsPerBatch: number;
  readonly linesPerBlock?: number;
  /** Runs a step; it may do more about it, such as taking the time. */
  readonly run?: (step: EventStep, draft: Draft) => void;
}

/** Rows of a log that has ended: fresh memory for those of the next one would cost more than what is done with it. */
let spareRows: RowBuffer | null = null;

function takeRows(draft: Draft): RowBuffer {
  const rows = spareRows ?? new RowBuffer(draft);
  spareRows = null;
  rows.begin(draft);
  return rows;
}

/** Turns the text of one log, which comes in pieces, into batches of rows. */
export class LogRows {
  readonly #object: string;
  readonly #settings: IngestSettings;
  readonly #options: RowOptions;
  readonly #lines: LogLines;
  readonly #block: LineBlock;
  readonly #repeats = new Repeats();
  readonly #drops = new DropCounts();
  #draft: Draft;
  readonly #rows: RowBuffer;
  #lineCount = 0;

  constructor(object: string, settings: IngestSettings, options: RowOptions) {
    this.#object = object;
    this.#settings = settings;
    this.#options = options;
    this.#block = new LineBlock(options.linesPerBlock ?? BLOCK_LINES);
    const needed = settings.import === undefined ? NEEDED_OWN : NEEDED_IMPORT;
    this.#lines = new LogLines({ object, needed, fields: settings.import?.fields }, this.#block);
    this.#draft = this.#newDraft();
    this.#rows = takeRows(this.#draft);
  }

  /** Lines so far. */
  get lines(): number {
    return this.#lineCount;
  }

  /** Lines so far that are no loads. */
  get drops(): Readonly<Partial<Record<DropReason, number>>> {
    return this.#drops.byReason;
  }

  /** Takes the next piece of text; gives the batches that are full. Each is valid until the next is asked for. */
  *add(piece: Buffer): Generator<Batch, void, void> {
    for (const _ of this.#lines.add(piece)) yield* this.#take();
  }

  /** The last batch, with the rows of the lines that are no loads; none for a log without lines. */
  *end(): Generator<Batch, void, void> {
    for (const _ of this.#lines.end()) yield* this.#take();
    const drops = this.#drops.rows(this.#object, PARSER, () => dayOfName(this.#object, this.#settings.zones));
    if (this.#rows.rows + drops.length > 0) yield this.#rows.toBatch(drops);
    spareRows = this.#rows;
  }

  *#take(): Generator<Batch, void, void> {
    const { run = runStep, rowsPerBatch } = this.#options;
    clearDraft(this.#draft);
    for (const step of EVENT_STEPS) run(step, this.#draft);
    this.#drops.add(this.#draft);
    this.#rows.append();
    this.#lineCount += this.#block.count;
    if (this.#rows.rows < rowsPerBatch) return;
    yield this.#rows.toBatch();
    // A new draft may start with a new memory: what one log can teach is bounded.
    this.#draft = this.#newDraft();
    this.#rows.begin(this.#draft);
  }

  #newDraft(): Draft {
    return newDraft(this.#object, this.#block, this.#settings, memoryOf(this.#settings), this.#repeats);
  }
}

const runStep = (step: EventStep, draft: Draft): void => step.run(draft);
