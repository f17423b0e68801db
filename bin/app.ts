import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ClearPixel, type Config, checkConfig } from '../lib/clear-pixel.ts';

const app = new App();

/** Another file than the repository's own: `cdk deploy -c config=staging.config.ts`, seen from where cdk was started. */
const file: string = app.node.tryGetContext('config') ?? 'clearpixel.config.ts';

/** A wrong value, or a file that is no TypeScript, is the operator's to mend: one message, no stack trace. */
async function readConfig(): Promise<Config> {
  try {
    const { default: config } = await import(pathToFileURL(resolve(file)).href).catch((error: Error) => {
      throw new Error(`${file} cannot be loaded: ${error.message}`, { cause: error });
    });
    return checkConfig(config, file);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}

const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;
const stack = new Stack(app, 'ClearPixel', {
  description: 'clearpixel: campaign measurement with a pixel whose logs keep no address',
  env: { account, region },
});
new ClearPixel(stack, 'Pixel', await readConfig());
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
