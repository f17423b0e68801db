import { DOTTED_ADDRESS } from '../campaign.ts';
import type { IngestSettings } from '../ingest-settings.ts';
import { ASSET_PREFIX, PIXEL_PATH } from '../layout.ts';
import { readUri } from '../log/text.ts';
import { type Draft, dropLine, readField } from './draft.ts';

const PIXEL_ASSET = 'pixel';
const OTHER_ASSET = 'other';
const OWN_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const IMPORT_METHODS = new Set(['GET', 'HEAD']);
const IMAGE = /\.(?:gif|png|jpe?g|webp|svg|avif|ico|bmp)$/i;

/** Keeps requests for the pixel and tracked images, and names the image. */
export function readAssets(draft: Draft): void {
  readField(draft, 'cs-uri-stem', 'asset');
  const { ids } = draft.columns.asset;
  for (let line = 0; line < draft.lines.count; line++)
    if (ids[line] === -1) dropLine(draft, line, 'not_pixel');
}

/** Reads the path of a request as the name of an image, or null. */
export function assetReader({ assets, import: imported }: IngestSettings): (raw: string) => string | null {
  if (imported !== undefined) return (raw) => importedAsset(readUri(raw), imported.asset);
  const known = new Set(assets);
  return (raw) => ownAsset(readUri(raw), known);
}

function ownAsset(path: string, known: ReadonlySet<string>): string | null {
  if (path === PIXEL_PATH) return PIXEL_ASSET;
  if (!path.startsWith(ASSET_PREFIX)) return null;
  const asset = path.slice(ASSET_PREFIX.length);
  return known.has(asset) ? asset : OTHER_ASSET;
}

function importedAsset(path: string, wanted: RegExp | undefined): string | null {
  if (!IMAGE.test(path) || (wanted !== undefined && path.search(wanted) === -1)) return null;
  const name = path.slice(path.lastIndexOf('/') + 1);
  // A file's name can be somebody's e-mail address.
  return name.includes('@') || DOTTED_ADDRESS.test(name) ? OTHER_ASSET : name;
}

/** Keeps methods that may fetch an image. */
export function readMethods(draft: Draft): void {
  const { drop, lines, settings } = draft;
  readField(draft, 'cs-method', 'method');
  const { ids, dictionary } = draft.columns.method;
  const allowed = settings.import === undefined ? OWN_METHODS : IMPORT_METHODS;
  const kept = dictionary.values.list.map((method) => allowed.has(method));
  for (let line = 0; line < lines.count; line++) {
    if (drop[line] === 0 && kept[ids[line] as number] !== true) dropLine(draft, line, 'bad_method');
  }
}
