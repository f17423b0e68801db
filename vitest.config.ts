import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vitest/config';

/** The handlers import SQL as text, as esbuild's text loader gives it to them in Lambda. */
const sqlAsText: Plugin = {
  name: 'sql-as-text',
  enforce: 'pre',
  load: (id) => (id.endsWith('.sql') ? `export default ${JSON.stringify(readFileSync(id, 'utf8'))}` : null),
};

/** Each project is a folder of test/; what it may cost stands in CONTRIBUTING.md. */
export const project = (name: string, options: object = {}) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], ...options },
});

export const configOf = (...projects: readonly ReturnType<typeof project>[]) =>
  defineConfig({
    plugins: [sqlAsText],
    test: {
      globalSetup: ['test/build.ts'],
      reporters: ['default', './test/summary-reporter.ts'],
      maxWorkers: 2,
      testTimeout: 60_000,
      hookTimeout: 120_000,
      projects: [...projects],
    },
  });

/** Those that need nothing but Node; vitest.services.config.ts has the others. */
export default configOf(
  ...['unit', 'rules', 'sql', 'stack', 'edge', 'flow', 'faults', 'browser'].map((name) => project(name)),
);
