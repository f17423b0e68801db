import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { unpackLog } from '../../core/log/gzip.ts';
import { SourceReader } from '../../core/log/source.ts';

/** More than is held at once, so that it is unpacked while it is read; stored, not packed, to be quick. */
const TEXT = Buffer.alloc(18 * 2 ** 20, 'a line of a log that is larger than most\n');
const PACKED = gzipSync(TEXT, { level: 0 });
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function unpack(bytes: Uint8Array, size = 2 ** 20): Promise<string> {
  const content = createHash('sha256');
  for await (const piece of unpackLog('x.gz', new SourceReader(chunks(bytes, size)))) content.update(piece);
  return content.digest('hex');
}

describe('an object larger than what is held at once', () => {
  const half = TEXT.subarray(0, TEXT.length >> 1);
  test.each([
    { name: 'plain', bytes: TEXT },
    { name: 'packed', bytes: PACKED },
    { name: 'in one chunk', bytes: PACKED, size: 2 ** 30 },
    {
      name: 'in members',
      bytes: Buffer.concat([
        gzipSync(half, { level: 0 }),
        gzipSync(TEXT.subarray(half.length), { level: 0 }),
      ]),
    },
    { name: 'filled up with zeros', bytes: Buffer.concat([PACKED, Buffer.alloc(3 * 2 ** 20)]) },
  ])('is unpacked while it is read: $name', async ({ bytes, size }) => {
    expect(await unpack(bytes, size)).toBe(digest(TEXT));
  });

  const corrupt = Buffer.from(PACKED);
  corrupt[PACKED.length >> 1] = (corrupt[PACKED.length >> 1] ?? 0) ^ 1;
  test.each([
    {
      name: 'cut',
      bytes: PACKED.subarray(0, -9),
      says: /^x\.gz: gzip is broken at byte \d+ \(the file ends too early\)/,
    },
    {
      name: 'corrupt',
      bytes: corrupt,
      says: /^x\.gz: gzip is broken at byte \d+ \(invalid stored block lengths\)/,
    },
    {
      name: 'with more behind it',
      bytes: Buffer.concat([PACKED, Buffer.alloc(2 ** 21), Buffer.from('more')]),
      says: `x.gz: gzip is broken at byte ${PACKED.length + 2 ** 21} (data after the end)`,
    },
  ])('is refused by name and byte where it is $name', async ({ bytes, says }) => {
    await expect(unpack(bytes)).rejects.toThrow(says);
  });
});

test('a small object whose text is large comes in pieces', async () => {
  const text = Buffer.alloc(2 ** 27 + 1, '\n');
  const sizes: number[] = [];
  for await (const piece of unpackLog('x.gz', new SourceReader(gzipSync(text, { level: 1 }))))
    sizes.push(piece.length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(text.length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(2 ** 20);
});

test('what breaks off while it is read fails as it failed', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield PACKED.subarray(0, 17 * 2 ** 20);
    throw new Error('connection lost');
  }
  const read = async (): Promise<void> => {
    for await (const _ of unpackLog('x.gz', new SourceReader(broken())));
  };
  await expect(read).rejects.toThrow('connection lost');
});
