import { createClassifier } from '../../core/classify/classify.ts';
import type { Evidence, Verdict } from '../../core/verdict.ts';

const classifier = createClassifier();
/** The verdict on a GET of which nothing else is known. */
export const judge = (evidence: Partial<Evidence>): Verdict =>
  classifier.classify({
    userAgent: null,
    asn: null,
    country: null,
    method: 'GET',
    refererHost: null,
    signals: '',
    ...evidence,
  });
