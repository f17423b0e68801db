/** A log object that cannot be parsed at all. Its text names the object, and the byte, line or field. */
export class LogError extends Error {
  override readonly name = 'LogError';

  /** The text without the object's name. */
  readonly problem: string;

  constructor(object: string, problem: string) {
    super(`${object}: ${problem}`);
    this.problem = problem;
  }
}
