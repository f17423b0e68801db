import { beforeAll, describe, inject, test } from 'vitest';
import { type SqlCase, sqlFiles } from '../sql/cases.ts';
import { checkCase } from '../sql/check-case.ts';
import { Engine } from './engine.ts';

const world = inject('engine');

/** Cases that change the view of the settings come last: it stays as they leave it. */
const CASES = sqlFiles()
  .flatMap((file) =>
    file.cases.map((one) => ({ file, one, title: `${file.folder}/${file.name}: ${one.name}` })),
  )
  .sort(
    (a, b) => Number(a.one.given.thresholds !== undefined) - Number(b.one.given.thresholds !== undefined),
  );

describe.skipIf('missing' in world)('the engine gives the same rows as on a laptop', () => {
  let engine: Engine;
  beforeAll(async () => {
    if (!('missing' in world)) engine = await Engine.open(world);
  });

  test.each(CASES)('$title', async ({ file, one }) => {
    const here = inBucket(one, engine.bucket);
    await engine.give(here.given);
    await checkCase(engine.warehouse, file, here);
  });
});

/** There, a fresh file is named by its address. */
const inBucket = (one: SqlCase, bucket: string): SqlCase =>
  JSON.parse(JSON.stringify(withPaths(one)).replaceAll('"fresh/', `"s3://${bucket}/fresh/`));

/** Rows that do not name their file lie in the one that `given.ts` names. */
const withPaths = (one: SqlCase): SqlCase => ({
  ...one,
  given: {
    ...one.given,
    ...(one.given.fresh && {
      fresh: one.given.fresh.map((row) => ({ $path: 'fresh/a.parquet', ...row })),
    }),
  },
});
