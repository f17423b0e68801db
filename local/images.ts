import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { ASSET_PREFIX, IMAGE_TYPES, PIXEL_PATH } from '../core/layout.ts';
import { listAssets } from './assets.ts';

export interface Image {
  readonly bytes: Uint8Array;
  readonly type: string;
}

const PIXEL_FILE = join(import.meta.dirname, '..', 'edge', 'pixel.gif');

/** The pixel and the assets; a path below /a/ that is no asset gets the pixel, as errors of the origin do in the cloud. */
export function createImages(assets: string | undefined) {
  const pixel: Image = { bytes: readFileSync(PIXEL_FILE), type: 'image/gif' };
  const known = new Set(listAssets(assets));
  return {
    pixel,
    /** Null where the path is no image. */
    find(path: string): Image | null {
      if (path === PIXEL_PATH) return pixel;
      if (!path.startsWith(ASSET_PREFIX)) return null;
      const asset = path.slice(ASSET_PREFIX.length);
      if (assets === undefined || !known.has(asset)) return pixel;
      return {
        bytes: readFileSync(join(assets, asset)),
        type: IMAGE_TYPES[extname(asset).toLowerCase()] ?? 'image/gif',
      };
    },
  };
}
