import { configOf, project } from './vitest.config.ts';

/** Projects that start other programs, which a first run fetches: a Trino, and a cloud. See docs/testing.md. */
export default configOf(
  project('engine', {
    globalSetup: ['test/engine/world.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 300_000,
  }),
  // One cloud for all of its files, and each deploys into it: one after the other.
  project('cloud', {
    globalSetup: ['test/cloud/world.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  }),
);
