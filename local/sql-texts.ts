import { readFileSync } from 'node:fs';
import type { AgingSql } from '../core/merge/aging.ts';
import type { MergeSql } from '../core/merge/plan.ts';
import type { ReclassifySql } from '../core/reclassify/reclassify.ts';
import type { ReportSql } from '../core/report/answers.ts';
import type { VerifySql } from '../core/verify/verify.ts';

const read = (folder: string, name: string): string =>
  readFileSync(new URL(`../sql/${folder}/${name}.sql`, import.meta.url), 'utf8');

/** Texts of sql/merge. */
export const mergeSql = (): MergeSql & AgingSql => ({
  days: read('merge', 'days'),
  check: read('merge', 'check'),
  insert: read('merge', 'insert'),
  count: read('merge', 'count'),
  hourly: read('merge', 'hourly'),
  lives: read('merge', 'lives'),
  copies: read('merge', 'copies'),
  tokens: read('merge', 'tokens'),
  tokenDays: read('merge', 'token_days'),
  forget: read('merge', 'forget'),
  livesOpen: read('merge', 'lives_open'),
  sealDays: read('merge', 'seal_days'),
  seal: read('merge', 'seal'),
  sealLives: read('merge', 'seal_lives'),
  sealLife: read('merge', 'seal_life'),
  ageDays: read('merge', 'age_days'),
  age: read('merge', 'age'),
  expiredCopies: read('merge', 'expired_copies'),
  expireCopies: read('merge', 'expire_copies'),
});

/** Texts of sql/merge that classify again. */
export const reclassifySql = (): ReclassifySql => ({
  judged: read('merge', 'judged'),
  inputs: read('merge', 'inputs'),
  verdicts: read('merge', 'verdicts'),
  preview: read('merge', 'preview'),
  changes: read('merge', 'changes'),
  relabel: read('merge', 'relabel'),
  clear: read('merge', 'clear'),
});

/** Text that keeps CloudFront's own counts. */
export const requestsSql = (): string => read('merge', 'requests');

/** Texts of sql/reports. */
export const reportSql = (): ReportSql => ({
  campaigns: read('reports', 'campaigns'),
  days: read('reports', 'days'),
  campaign_days: read('reports', 'campaign_days'),
  contexts: read('reports', 'contexts'),
  automated: read('reports', 'automated'),
  quality: read('reports', 'quality'),
  requests: read('reports', 'requests'),
  rulesets: read('reports', 'rulesets'),
  changes: read('reports', 'changes'),
});

/** Texts of sql/verify. */
export const verifySql = (): VerifySql => ({
  tableDays: read('verify', 'table_days'),
  doubled: read('verify', 'doubled'),
  objects: read('verify', 'objects'),
  rows: read('verify', 'rows'),
});

/** Text that tells what the counts hold of each day. */
export const dayCountsSql = (): string => read('verify', 'day_counts');

/** Text of one view of sql/views. */
export const viewSql = (name: string): string => read('views', name);
