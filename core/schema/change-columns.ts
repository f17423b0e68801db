import { type Column, column, required } from './column.ts';

const RULESET = '2026-11-23-1a2b3c4d';

/** Columns of `verdicts`: what new rules say of inputs that older ones judged. */
export const VERDICT_COLUMNS = [
  required('input_id', 'bigint', 'hash of what stage A judged, as in `events`', '12345'),
  required('flags_before', 'text', 'flags of the loads before; empty for none', 'nokey relay'),
  required('class', 'text', 'class, as in `events`', 'likely_human'),
  column('kind', 'text', 'kind, as in `events`', 'browser'),
  column('agent', 'text', 'agent, as in `events`', 'Gmail image proxy'),
  required('confidence', 'text', 'confidence, as in `events`', 'medium'),
  required('reasons', 'text', 'reasons, as in `events`', 'browser-full'),
  column('flags', 'text', 'flags, as in `events`: those that no rule gave stay', 'nokey'),
  column('device', 'text', 'device, as in `events`', 'phone'),
  required('ruleset', 'text', 'rules that judged', RULESET),
] as const satisfies readonly Column[];

/** Columns of `changes`. Key columns are never null. */
export const CHANGE_COLUMNS = [
  required(
    'changed_ms',
    'bigint',
    'when the re-classification began, milliseconds since 1970 UTC',
    '1795420800000',
  ),
  required('ruleset_before', 'text', 'rules that had classified the loads', '2026-11-20-5e6f7a8b'),
  required('ruleset', 'text', 'rules that classified them again', RULESET),
  required('class', 'text', 'class of stage A', 'automated'),
  required('loads_before', 'bigint', 'loads of that class among them, before', '311'),
  required('loads_after', 'bigint', 'and after', '352'),
  required('dt', 'text', 'day in the configured time zone, yyyy-MM-dd; the partition', '2026-11-23'),
] as const satisfies readonly Column[];
