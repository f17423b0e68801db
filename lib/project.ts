import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Path of a file of this project, wherever the app that uses the construct was started. */
export const projectFile = (...parts: readonly string[]): string => join(root, ...parts);
