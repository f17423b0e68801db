/** Work that must not run beside itself in this process, by name. */
const last = new Map<string, Promise<unknown>>();

/** Runs the work after all earlier work of that name; their failures are theirs. */
export function inTurn<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const turn = (last.get(name) ?? Promise.resolve()).then(work);
  const settled = turn
    .catch(() => undefined)
    .then(() => {
      if (last.get(name) === settled) last.delete(name);
    });
  last.set(name, settled);
  return turn;
}
