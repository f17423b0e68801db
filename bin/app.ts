import { App, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import config from '../clearpixel.config.ts';
import { ClearPixel, type ConfigInput, checkConfig } from '../lib/clear-pixel.ts';

/** A wrong value is the operator's to mend: one message, no stack trace. */
function readConfig(input: ConfigInput): ConfigInput {
  try {
    return checkConfig(input);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}

const app = new App();
const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;
const stack = new Stack(app, 'ClearPixel', {
  description: 'clearpixel: campaign measurement with a pixel whose logs keep no address',
  env: { account, region },
});
new ClearPixel(stack, 'Pixel', readConfig(config));
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
