import { readdirSync, statSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import type { Config } from '../core/config.ts';
import { ASSET_PREFIX, IMAGE_TYPES, PIXEL_PATH, REGISTRY_FILES } from '../core/layout.ts';
import { DeployStep } from './deploy-step.ts';
import { Handler } from './handler.ts';
import { PrivateBucket } from './private-bucket.ts';
import { projectFile } from './project.ts';

interface Image {
  /** Key in the images bucket: the path of its URL without the first slash. */
  readonly key: string;
  readonly file: string;
  readonly contentType: string;
}

export interface ImagesProps {
  readonly config: Config;
  readonly data: PrivateBucket;
}

/** The pixel and the known assets in a private bucket, put there at deploy, and their list in the registry. */
export class Images extends Construct {
  readonly bucket: PrivateBucket;
  readonly step: DeployStep;

  constructor(scope: Construct, id: string, props: ImagesProps) {
    super(scope, id);
    // Nothing here is data: the deployment puts it back, and the handler empties the bucket at the end.
    this.bucket = new PrivateBucket(this, 'Bucket', { atEnd: 'delete' });
    const handler = new Handler(this, 'Function', {
      entry: 'images',
      description: 'clearpixel: puts the pixel and the known assets where CloudFront reads them',
      memorySize: 256,
      timeout: Duration.minutes(5),
      environment: { IMAGE_BUCKET: this.bucket.bucketName, DATA_BUCKET: props.data.bucketName },
    });
    const images = [pixelImage(), ...assetImages(props.config.assets)].map((image) =>
      this.upload(image, handler),
    );
    this.bucket.allowWrite(handler, '*');
    this.bucket.allowDelete(handler, '*');
    handler.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
    props.data.allowWrite(handler, REGISTRY_FILES.assets);
    this.step = new DeployStep(this, 'Images', { handler, properties: { images } });
  }

  private upload(image: Image, handler: Handler): Record<string, string> {
    const asset = new Asset(this, `File-${image.key}`, { path: image.file });
    handler.allow(['s3:GetObject'], [asset.bucket.arnForObjects(asset.s3ObjectKey)]);
    return {
      key: image.key,
      contentType: image.contentType,
      source: `${asset.s3BucketName}/${asset.s3ObjectKey}`,
    };
  }
}

const pixelImage = (): Image => ({
  key: PIXEL_PATH.slice(1),
  file: projectFile('edge', 'pixel.gif'),
  contentType: 'image/gif',
});

/** The images of the config's assets folder, in the order of their names. */
export function assetImages(folder: string | undefined): readonly Image[] {
  if (folder === undefined) return [];
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`assets names a folder that is not there, got ${JSON.stringify(folder)}`);
  // Desktops leave files such as .DS_Store behind.
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.startsWith('.'),
  );
  return files.map((entry) => assetImage(folder, join(entry.parentPath, entry.name))).sort(byKey);
}

function assetImage(folder: string, file: string): Image {
  const path = relative(folder, file).replaceAll('\\', '/');
  const contentType = IMAGE_TYPES[extname(file).toLowerCase()];
  if (contentType === undefined) {
    const allowed = Object.keys(IMAGE_TYPES).join(' ');
    throw new Error(`assets holds images only (${allowed}), got ${path}: move it out of the folder`);
  }
  return { key: `${ASSET_PREFIX.slice(1)}${path}`, file, contentType };
}

const byKey = (a: Image, b: Image): number => (a.key < b.key ? -1 : 1);
