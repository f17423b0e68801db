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
  const { settings } = draft;
  const known = new Set(settings.assets);
  const wanted = settings.import?.asset;
  const assetOf = settings.import === undefined ? ownAsset : importedAsset;
  const assets = readField(draft, 'cs-uri-stem', (raw) => assetOf(readUri(raw), known, wanted));
  dropWithout(draft, assets.ids, (id) => assets.values[id] != null, 'not_pixel');
  draft.texts.set('asset', assets);
}

function ownAsset(path: string, known: ReadonlySet<string>): string | null {
  if (path === PIXEL_PATH) return PIXEL_ASSET;
  if (!path.startsWith(ASSET_PREFIX)) return null;
  const asset = path.slice(ASSET_PREFIX.length);
  return known.has(asset) ? asset : OTHER_ASSET;
}

function importedAsset(path: string, _known: ReadonlySet<string>, wanted: RegExp | undefined): string | null {
  if (!IMAGE.test(path) || (wanted !== undefined && path.search(wanted) === -1)) return null;
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Keeps methods that may fetch an image. */
export function readMethods(draft: Draft): void {
  const allowed = draft.settings.import === undefined ? OWN_METHODS : IMPORT_METHODS;
  const methods = readField(draft, 'cs-method', (raw) => raw.toUpperCase());
  const kept = methods.values.map((method) => allowed.has(method));
  dropWithout(draft, methods.ids, (id) => id >= 0 && kept[id] === true, 'bad_method');
  draft.texts.set('method', methods);
}

function dropWithout(
  draft: Draft,
  ids: Int32Array,
  keeps: (id: number) => boolean,
  reason: 'not_pixel' | 'bad_method',
): void {
  for (let line = 0; line < ids.length; line++) {
    if (draft.drop[line] === 0 && !keeps(ids[line] as number)) dropLine(draft, line, reason);
  }
}
