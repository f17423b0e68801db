import { S3Client } from '@aws-sdk/client-s3';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { ASSET_PREFIX, REGISTRY_FILES } from '../core/layout.ts';
import { BucketObjects } from './bucket.ts';
import { answerDeployment } from './custom-resource.ts';
import { requireEnv } from './environment.ts';

interface Image {
  readonly key: string;
  readonly contentType: string;
  /** Bucket and key of the deployment's own asset. */
  readonly source: string;
}

const client = new S3Client();
const bucket = new BucketObjects(client, requireEnv('IMAGE_BUCKET'));
const data = new BucketObjects(client, requireEnv('DATA_BUCKET'));

/** Makes the bucket hold exactly these images, and tells the ingest which assets are known. */
export const handler = (event: CloudFormationCustomResourceEvent): Promise<void> =>
  answerDeployment(event, async () => {
    const wanted =
      event.RequestType === 'Delete' ? [] : (event.ResourceProperties['images'] as readonly Image[]);
    for (const { key, contentType, source } of wanted) await bucket.copyFrom(source, key, contentType);
    const keys = new Set(wanted.map(({ key }) => key));
    await bucket.remove((await bucket.list('')).filter((key) => !keys.has(key)));
    if (event.RequestType !== 'Delete') await writeAssets(keys);
  });

async function writeAssets(keys: ReadonlySet<string>): Promise<void> {
  const folder = ASSET_PREFIX.slice(1);
  const assets = [...keys].filter((key) => key.startsWith(folder)).map((key) => key.slice(folder.length));
  await data.write(REGISTRY_FILES.assets, JSON.stringify(assets));
}
