import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';

// Compiled, this file lies one folder deeper than in a checkout.
const root = dirname(findPackageJSON(import.meta.url) ?? '');

/** Path of a file of this project, wherever the app that uses the construct was started. */
export const projectFile = (...parts: readonly string[]): string => join(root, ...parts);
