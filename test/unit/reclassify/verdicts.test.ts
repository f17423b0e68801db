import { describe, expect, it } from 'vitest';
import type { IngestClassifier } from '../../../core/ingest-settings.ts';
import { verdictStatements } from '../../../core/reclassify/verdicts.ts';
import type { Verdict } from '../../../core/verdict.ts';
import type { Row } from '../../../core/warehouse.ts';

const SQL = ':ruleset | :inputs | :verdicts';
const VERDICT: Verdict = {
  class: 'automated',
  kind: 'crawler',
  agent: null,
  confidence: 'low',
  reasons: ['b', 'a'],
  flags: ['gateway'],
  device: null,
};
const rules = (classify: IngestClassifier['classify']): IngestClassifier => ({
  ruleset: '2026-11-23-aa',
  classify,
});
const input = (id: number | bigint, more: Row = {}): Row => ({
  input_id: id,
  flags_before: '',
  user_agent: 'A',
  asn: null,
  country: null,
  method: 'GET',
  referer_host: null,
  signals: null,
  ...more,
});

describe('statements of verdicts', () => {
  it('say each verdict once, and keep flags that no rule gave', () => {
    const rows = [
      input(1n, { flags_before: 'nokey relay' }),
      input(-(2n ** 63n)),
      input(3, { flags_before: 'datacentre' }),
    ];
    expect(
      verdictStatements(
        SQL,
        rules(() => VERDICT),
        rows,
      ),
    ).toEqual([
      "'2026-11-23-aa' | (1, 'nokey relay', 0), (-9223372036854775808, '', 1), (3, 'datacentre', 1) | " +
        "(0, 'automated', 'crawler', null, 'low', 'b a', 'gateway nokey', null), " +
        "(1, 'automated', 'crawler', null, 'low', 'b a', 'gateway', null)",
    ]);
  });

  it('judge what the row holds', () => {
    const seen: unknown[] = [];
    const classifier = rules((evidence) => {
      seen.push(evidence);
      return VERDICT;
    });
    verdictStatements(SQL, classifier, [input(1, { asn: 8075, signals: 'prefetch', method: null })]);
    expect(seen).toEqual([
      { userAgent: 'A', asn: 8075, country: null, method: '', refererHost: null, signals: 'prefetch' },
    ]);
  });

  it('write a name with quotes as a literal', () => {
    const [text] = verdictStatements(
      SQL,
      rules(() => ({ ...VERDICT, agent: "x', 'y') --" })),
      [input(1)],
    );
    expect(text).toContain("'x'', ''y'') --'");
  });

  it('refuse what no literal should hold', () => {
    const named = (agent: string) => () =>
      verdictStatements(
        SQL,
        rules(() => ({ ...VERDICT, agent })),
        [input(1)],
      );
    expect(named('line\nbreak')).toThrow(/a verdict is written/);
    expect(named('\u0000')).toThrow(/a verdict is written/);
  });

  it('are below what an engine takes, with nothing lost', () => {
    const rows = Array.from({ length: 500 }, (_, id) => input(id));
    // The worst case: a verdict of its own for each input.
    const classifier = rules(({ userAgent }) => ({ ...VERDICT, agent: userAgent }));
    const own = rows.map((row, id) => ({ ...row, user_agent: `agent ${id}` }));
    const statements = verdictStatements(SQL, classifier, own, 2_000);
    expect(statements.length).toBeGreaterThan(10);
    expect(Math.max(...statements.map((text) => text.length))).toBeLessThan(3_000);
    const ids = statements.flatMap((text) =>
      [...text.matchAll(/\((\d+), '', \d+\)/g)].map(([, id]) => Number(id)),
    );
    expect(ids).toEqual(rows.map((_, id) => id));
  });

  it('are none for no inputs', () => {
    expect(
      verdictStatements(
        SQL,
        rules(() => VERDICT),
        [],
      ),
    ).toEqual([]);
  });
});
