/** A log object that cannot be parsed at all. Its text names the object, and the byte, line or field. */
export class LogError extends Error {
  override readonly name = 'LogError';

  constructor(object: string, problem: string) {
    super(`${object}: ${problem}`);
  }
}
