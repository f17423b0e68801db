export { hashAll } from './hash';
export { readHexAll } from './hex';
export { find, findAll, learn, UNKNOWN } from './known';
export {
  COLUMNS,
  EDGES,
  FIELDS,
  FINDER_BYTES,
  FINDER_HEAD,
  FINDERS,
  FOUND,
  HEAD_IDS,
  HEADS,
  ID_ARRAYS,
  IDS,
  LANE_ARRAYS,
  LANES,
  LINES,
  MARK_ARRAYS,
  MARKS,
  MEMORY,
  MOST_FINDERS,
  MOST_NAMES,
  NAME_BYTES,
  PLAN,
  SPANS,
  STEP_1,
  STEP_4,
  STEP_8,
  TAILS,
  TEXT,
  TEXT_ROOM,
} from './layout';
export { findPairs, split } from './pairs';
export { count, scan } from './scan';
