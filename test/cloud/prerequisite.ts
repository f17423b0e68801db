/** What a machine lacks for these tests, as one sentence that says what to do. */
export class MissingPrerequisite extends Error {
  override readonly name = 'MissingPrerequisite';
}

/**
 * Prepares the world of a test project; where a prerequisite is missing, a person's machine gets the sentence (its tests
 * are skipped), a build server an error: there nobody would notice that nothing ran.
 */
export async function orMissing<World>(
  prepare: () => Promise<World>,
): Promise<World | { readonly missing: string }> {
  try {
    return await prepare();
  } catch (error) {
    if (process.env['CI'] || !(error instanceof MissingPrerequisite)) throw error;
    console.warn(`skipped: ${error.message}`);
    return { missing: error.message };
  }
}
