/** Why a log line is no load. The set is closed: a new reason is a new word of the data. */

export const DROP_REASONS = ['bad_line', 'bad_time', 'not_pixel', 'bad_method'] as const;
export type DropReason = (typeof DROP_REASONS)[number];

export interface Drop {
  /** Whether such lines are expected in a healthy log; the others are worth a look. */
  readonly intended: boolean;
  readonly meaning: string;
}

/** What each reason says, in the order in which they are tried: the first that holds is the line's. */
export const DROPS: Readonly<Record<DropReason, Drop>> = {
  bad_line: {
    intended: false,
    meaning: 'fewer columns than the header names, no JSON object, or an edge record of another version',
  },
  bad_time: {
    intended: false,
    meaning: 'no possible time, or one too far from the hour in the name of the log object',
  },
  not_pixel: { intended: true, meaning: 'a request for another path than the pixel and the tracked images' },
  bad_method: { intended: true, meaning: 'a method that fetches no image' },
};

/** Numbers of the reasons in a column of bytes; 0 is a load. */
export const DROP_CODE: Readonly<Record<DropReason, number>> = {
  bad_line: 1,
  bad_time: 2,
  not_pixel: 3,
  bad_method: 4,
};
