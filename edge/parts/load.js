import { hashLoad } from './hashes.js';
import { readRefererHost, readSignals } from './headers.js';
import { readParameters } from './parameters.js';
import { readCampaign, readDay } from './store.js';

const PIXEL_PATH = '/p.gif';
const ASSET_PREFIX = '/a/';

/** The pixel and the images under /a/; other paths need no record. */
export function isTracked(uri) {
  return uri === PIXEL_PATH || uri.startsWith(ASSET_PREFIX);
}

/** Fills the record's fields and notes step by step, so that a failure leaves what was known by then. */
export async function describeLoad(event, record) {
  const fields = record.fields;
  const headers = event.request.headers || {};
  fields.signals = readSignals(headers).join('.');
  const parameters = readParameters(event.request.querystring || {});
  fields.campaign = parameters.campaign;

  // The two reads of the store.
  const day = await readDay(Date.now());
  const campaign = await readCampaign(parameters.campaign, day.answered);
  fields.day = day.name;
  fields.mode = campaign.mode;
  record.notes = day.notes.concat(campaign.notes);

  // An opt-out or a withdrawn campaign leaves day, campaign, mode and signals, and what went wrong on our side.
  if (isOptedOut(fields)) return;
  fields.medium = parameters.medium;
  fields.source = parameters.source;
  fields.content = parameters.content;
  fields.consent = parameters.consent;
  fields.referer = readRefererHost(headers);
  if (campaign.mode === 'consented' && parameters.consent) fields.rid = parameters.recipient;
  record.notes = record.notes.concat(parameters.notes);
  if (!campaign.mode || !day.key) return;
  hashLoad(fields, readViewer(event, headers), day, campaign, parameters.nonce);
  // Without an address that can be cut there is no visitor.
  if (!fields.visitor) record.notes.push('error');
}

function readViewer(event, headers) {
  const agent = headers['user-agent'];
  return { ip: event.viewer ? event.viewer.ip : '', userAgent: agent ? agent.value : '' };
}

function isOptedOut(fields) {
  return fields.mode === 'off' || /gpc|dnt/.test(fields.signals);
}
