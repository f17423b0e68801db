import type { IngestClassifier } from '../../core/ingest-settings.ts';

/** Judges by every part of the evidence, so that a mixed-up part shows. */
export function standInClassifier(): IngestClassifier {
  return {
    ruleset: '2026-11-23-standin0',
    classify: (evidence) => ({
      class: evidence.userAgent === null ? 'unknown' : 'likely_human',
      kind: evidence.method === 'HEAD' ? 'client' : null,
      agent: evidence.userAgent?.slice(0, 8) ?? null,
      confidence: evidence.country === 'DE' ? 'high' : 'low',
      reasons: [`referer-${evidence.refererHost ?? 'none'}`, `signals-${evidence.signals}`],
      flags: evidence.asn === 36183 ? ['relay'] : evidence.asn === 15169 ? ['mailproxy'] : [],
      device: evidence.userAgent === null ? null : 'other',
    }),
  };
}
