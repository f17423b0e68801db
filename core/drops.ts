/**
 * Why a log line is no load, in the order in which the reasons are tried: the first that holds is the line's. The set
 * is closed: a new reason is a new word of the data.
 */
export const DROP_REASONS = [
  /** Fewer columns than the header names, no JSON object, or an edge record of another version. */
  'bad_line',
  /** No possible time, or one too far from the hour in the name of the log object. */
  'bad_time',
  /** A request for another path than the pixel and the tracked images: expected in a healthy log. */
  'not_pixel',
  /** A method that fetches no image: expected in a healthy log. */
  'bad_method',
] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** Numbers of the reasons in a column of bytes; 0 is a load. */
export const DROP_CODE: Readonly<Record<DropReason, number>> = {
  bad_line: 1,
  bad_time: 2,
  not_pixel: 3,
  bad_method: 4,
};
