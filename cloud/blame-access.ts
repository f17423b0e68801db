import { UsageError } from '../core/terminal.ts';

/** The first call meets a terminal without an account or a region; AWS's clients do not say what to do then. */
export function blameAccess(error: Error): never {
  if (error.message === 'Region is missing')
    throw new UsageError('no region is known: name it with --region, or set AWS_REGION', { cause: error });
  if (error.name === 'CredentialsProviderError')
    throw new UsageError(`no AWS credentials are known (${error.message}): log in as for any AWS tool`, {
      cause: error,
    });
  throw error;
}
