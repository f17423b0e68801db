export { hashAll } from './hash';
export { find, findAll, learn, UNKNOWN } from './known';
export {
  COLUMNS,
  EDGES,
  FIELDS,
  ID_ARRAYS,
  IDS,
  LANE_ARRAYS,
  LANES,
  LINES,
  MARK_ARRAYS,
  MARKS,
  MEMORY,
  PLAN,
  SPANS,
  TEXT,
  TEXT_ROOM,
} from './layout';
export { count, scan } from './scan';
