import crypto from 'crypto';
import { truncateAddress } from './address.js';
import { isKey } from './store.js';

/** Keyed hashes, each scoped to the campaign: no hash of one campaign links to another's. */
export function hashLoad(fields, viewer, day, campaign, nonce) {
  const prefix = truncateAddress(viewer.ip);
  if (prefix) {
    fields.visitor = hash(day.key, `v|${fields.campaign}|${prefix}|${viewer.userAgent}`);
    fields.network = hash(day.key, `n|${fields.campaign}|${prefix}`);
  }
  const key = copiesKey(day, campaign);
  if (nonce && key) fields.message = hash(key, `m|${fields.campaign}|${nonce}`);
}

/** Copies are told apart for a day, for the campaign's life while its own key lives, or not at all. */
function copiesKey(day, campaign) {
  if (campaign.copies === 'day') return day.key;
  if (campaign.copies !== 'campaign' || !isKey(campaign.key)) return undefined;
  return campaign.until && campaign.until <= day.now ? undefined : campaign.key;
}

/** The first 63 bits fit a signed bigint: the top bit of the first hex digit is cleared. */
function hash(key, text) {
  const digest = crypto.createHmac('sha256', key).update(text).digest('hex');
  return (parseInt(digest.charAt(0), 16) & 7).toString(16) + digest.slice(1, 16);
}
