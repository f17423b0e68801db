import { expect, it } from 'vitest';
import type { BucketObjects } from '../../lambda/bucket.ts';

/**
 * What the product takes for granted of S3, of a fake as of an emulator.
 * @param page objects in one page of a listing
 */
export function keepsTheContract(open: () => BucketObjects, page: number): void {
  const text = async (key: string): Promise<string> => Buffer.from((await open().read(key)).bytes).toString();

  it('writes a new object only where there is none', async () => {
    expect(await open().writeIf('absent', 'contract/new', 'first')).toEqual(expect.any(String));
    expect(await open().writeIf('absent', 'contract/new', 'second')).toBeNull();
    expect(await text('contract/new')).toBe('first');
  });

  it('gives a new object to one of many who write it at once', async () => {
    const writes = ['a', 'b', 'c', 'd'].map((body) => open().writeIf('absent', 'contract/raced', body));
    expect((await Promise.all(writes)).filter((etag) => etag !== null)).toHaveLength(1);
  });

  it('writes over the content that was read, and over no other', async () => {
    const etag = (await open().writeIf('absent', 'contract/over', 'first')) ?? '';
    expect((await open().read('contract/over')).etag).toBe(etag);
    expect(await open().writeIf({ etag }, 'contract/over', 'second')).toEqual(expect.any(String));
    expect(await open().writeIf({ etag }, 'contract/over', 'third')).toBeNull();
    expect(await text('contract/over')).toBe('second');
  });

  it('refuses to read what is not there', async () => {
    await expect(open().read('contract/nothing')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('lists all of a prefix in the order of the keys, over pages, and deletes exactly what it is told', async () => {
    const keys = Array.from({ length: page + 2 }, (_, number) => `contract/pages/${1_000_000 + number}`);
    await Promise.all(keys.map((key) => open().write(key, key)));
    await open().write('contract/pages-of-another', '');
    expect(await open().list('contract/pages/')).toEqual(keys);
    const [kept = '', ...others] = keys;
    await open().remove([...others, 'contract/pages/never-there']);
    expect(await open().list('contract/pages/')).toEqual([kept]);
    expect(await open().list('contract/pages-of-another')).toHaveLength(1);
  });
}
