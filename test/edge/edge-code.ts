import { edgeCode } from '../../local/edge-code.ts';
import { createEdge, type Edge, type EdgeStore } from '../../local/edge-runtime.ts';
import { NOW, STORE } from './edge-world.ts';

/** The function as CloudFront gets it. */
export const EDGE_CODE = edgeCode();

export const storeOf = (entries: Readonly<Record<string, string>>): EdgeStore => ({
  get: (key) => entries[key],
});

export const edgeWith = (store: EdgeStore = storeOf(STORE), code = EDGE_CODE): Edge =>
  createEdge(code, store, () => NOW);
