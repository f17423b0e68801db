import { createClassifier } from '../../core/classify/classify.ts';
import type { IngestClassifier } from '../../core/ingest-settings.ts';

const today = createClassifier();

/**
 * Rules of an earlier day: they know no mail proxy and no scanner, took every network for a relay, and called a machine
 * by a name with a quote in it.
 */
export const OLDER_RULES: IngestClassifier = {
  ruleset: '2026-01-01-0badcafe',
  classify: (evidence) => {
    const verdict = today.classify(evidence);
    const flags = [...verdict.flags.filter((flag) => flag === 'prefetch' || flag === 'head'), 'relay'].sort();
    if (verdict.class === 'automated') return { ...verdict, agent: "the machines' own", flags };
    if (verdict.class !== 'proxied') return { ...verdict, flags };
    return { ...verdict, class: 'unknown', kind: null, reasons: ['unmatched'], confidence: 'low', flags };
  },
};
