// Where things lie in the kernel's memory. Its size never changes, so that views on it stay valid.

/** Most lines of a block. */
export const LINES: i32 = 512;
/** Most columns of a header. */
export const COLUMNS: i32 = 1024;
/** Most fields that columns are noted for. */
export const FIELDS: i32 = 32;
/** Most arrays of ids, and of marks, of a block. */
export const ID_ARRAYS: i32 = 32;
export const MARK_ARRAYS: i32 = 8;
/** Most arrays of pairs of words of a block. */
export const LANE_ARRAYS: i32 = 8;
/** Most finders of pairs, names of each, and bytes of a name with its length before it. */
export const MOST_FINDERS: i32 = 4;
export const MOST_NAMES: i32 = 16;
export const NAME_BYTES: i32 = 32;
/** Bytes of a finder before its names, and of all of it. */
export const FINDER_HEAD: i32 = 16;
export const FINDER_BYTES: i32 = FINDER_HEAD + MOST_NAMES * NAME_BYTES;
/** Bytes of text at once. */
export const TEXT_ROOM: i32 = 1 << 23;

/** Most byte strings that are known, and the bytes of all of them, with sixteen more for each. */
export const MOST_KNOWN: i32 = 1 << 17;
export const KNOWN_ROOM: i32 = 1 << 24;
/** Slots of the last string of each dictionary; a power of two, as is the number of buckets. */
export const LASTS: i32 = 128;
export const BUCKETS: i32 = MOST_KNOWN * 2;

/** Reads may go so far beyond what they are about. */
const PADDING: i32 = 64;

/**
 * Bytes from one array of a block to the next, by the bytes that each line has in it. Without the rest a line's places in
 * all arrays would share one set of the processor's cache.
 */
const APART: i32 = 64;
export const STEP_1: i32 = LINES + APART;
export const STEP_4: i32 = LINES * 4 + APART;
export const STEP_8: i32 = LINES * 8 + APART;

/** For each column the number of its field, or -1. */
export const PLAN: i32 = 1 << 16;
/** For each field start and end in each line, as places in the text. */
export const SPANS: i32 = PLAN + COLUMNS * 4;
/** Start and end of each line. */
export const EDGES: i32 = SPANS + FIELDS * STEP_8;
export const IDS: i32 = EDGES + STEP_8;
export const MARKS: i32 = IDS + ID_ARRAYS * STEP_4;
export const LANES: i32 = MARKS + MARK_ARRAYS * STEP_1;
/** Heads and tails of pairs, a number for each head, and for each name the values that were found. */
export const HEADS: i32 = LANES + LANE_ARRAYS * STEP_8;
export const TAILS: i32 = HEADS + STEP_8;
export const HEAD_IDS: i32 = TAILS + STEP_8;
export const FOUND: i32 = HEAD_IDS + STEP_4;
export const FINDERS: i32 = FOUND + MOST_NAMES * STEP_8;
export const TEXT: i32 = FINDERS + MOST_FINDERS * FINDER_BYTES + PADDING;
export const LAST_ENTRIES: i32 = TEXT + TEXT_ROOM + PADDING;
export const BUCKET_ENTRIES: i32 = LAST_ENTRIES + LASTS * 4;
export const KNOWN: i32 = BUCKET_ENTRIES + BUCKETS * 4;
export const MEMORY: i32 = KNOWN + KNOWN_ROOM + PADDING;
