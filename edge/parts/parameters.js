import { holdsAddress } from './address.js';

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const MEDIUM = /^(email|page|document)$/;
const RECIPIENT = /^[A-Za-z0-9_-]{1,64}$/;
/** It is only hashed, so any characters but those of a merge tag: one that nobody replaced is the same in every copy. */
const NONCE = /^[^{}|]{1,256}$/;

/** The parameters that keep their rules; `notes` says which ones did not and were left out. */
export function readParameters(querystring) {
  const notes = [];
  const read = (name, rule, note) => {
    const value = parameterValue(querystring, name);
    if (value === '') return undefined;
    // Perl's $, which CloudFront's expressions follow, also matches before a newline at the end.
    const match = rule.exec(value);
    if (match && match[0] === value && (rule === NONCE || !holdsAddress(value))) return value;
    notes.push(note);
    return undefined;
  };
  const campaign = read('utm_campaign', NAME, 'badcampaign');
  if (!campaign && notes.length === 0) notes.push('badcampaign');
  return {
    campaign: campaign,
    medium: read('utm_medium', MEDIUM, 'badparam'),
    source: read('utm_source', NAME, 'badparam'),
    content: read('utm_content', NAME, 'badparam'),
    recipient: read('rid', RECIPIENT, 'badrid'),
    nonce: read('n', NONCE, 'badparam'),
    consent: isConsent(querystring) ? '1' : undefined,
    notes: notes,
  };
}

/** A repeated consent may contradict itself, so it is none. */
function isConsent(querystring) {
  const parameter = querystring.consent;
  return !!parameter && !parameter.multiValue && parameter.value === '1';
}

/** Of a repeated parameter the first counts. CloudFront hands values on as sent, percent-encoded or not. */
function parameterValue(querystring, name) {
  const parameter = querystring[name];
  if (!parameter) return '';
  const values = parameter.multiValue || [];
  const first = values.length > 0 ? values[0] : parameter;
  const value = String(first.value || '');
  try {
    return decodeURIComponent(value.replace(/\+/g, ' '));
  } catch (_malformed) {
    return value;
  }
}
