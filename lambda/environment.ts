/** Reads one variable of the function's environment; called at the top of a handler, so that a gap shows at the start. */
export function requireEnv(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`environment variable ${name} is not set: lib/ sets it`);
  return value;
}
