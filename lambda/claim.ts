import type { BucketObjects } from './bucket.ts';

interface ClaimText {
  readonly state: 'sending' | 'sent' | 'failed';
  /** Milliseconds since 1970; a claim that was not kept until then is free again. */
  readonly until: number;
  /** Tells claims apart whose other values are the same. */
  readonly holder: string;
}

export interface ClaimOptions {
  readonly data: BucketObjects;
  readonly key: string;
  readonly holder: string;
  readonly now: number;
  readonly until: number;
}

export type Sent = 'sent' | 'sent before';

/**
 * Does something once: whoever writes the claim does it. A crash between the deed and its mark frees the claim after
 * `until`, so it may be done once more; never silently not at all.
 */
export async function claimOnce(options: ClaimOptions, send: () => Promise<void>): Promise<Sent> {
  const etag = await take(options);
  if (etag === 'sent') return 'sent before';
  const mark = (state: ClaimText['state']): Promise<string | null> =>
    options.data.writeIf({ etag: etag.tag }, options.key, claimText(options, state));
  try {
    await send();
  } catch (error) {
    await mark('failed').catch((problem) => {
      throw new Error(`${error}; ${options.key} is not free before its time is over: ${problem}`, {
        cause: error,
      });
    });
    throw error;
  }
  await mark('sent');
  return 'sent';
}

async function take(options: ClaimOptions): Promise<'sent' | { readonly tag: string }> {
  const { data, key, now } = options;
  const text = claimText(options, 'sending');
  const first = await data.writeIf('absent', key, text);
  if (first !== null) return { tag: first };
  const { bytes, etag } = await data.read(key);
  const claim = JSON.parse(Buffer.from(bytes).toString('utf8')) as ClaimText;
  if (claim.state === 'sent') return 'sent';
  const isFree = claim.state === 'failed' || claim.until <= now;
  const taken = isFree ? await data.writeIf({ etag }, key, text) : null;
  if (taken === null) throw new Error(`${key} is being sent by another call: this one tries again later`);
  return { tag: taken };
}

const claimText = ({ holder, until }: ClaimOptions, state: ClaimText['state']): string =>
  JSON.stringify({ state, until, holder } satisfies ClaimText);
