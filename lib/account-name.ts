import { Names, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** CloudFront takes 64 characters; the longest region has 14. */
const LONGEST = 48;

/** A name for what the account has one list of: the same stack may be deployed in several regions. */
export const accountName = (scope: Construct, part: string): string =>
  `${Names.uniqueResourceName(scope, { maxLength: LONGEST - part.length })}${part}-${Stack.of(scope).region}`;
