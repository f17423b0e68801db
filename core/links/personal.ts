/** Values that could name a person: in a link they would be personal data in every mail, and in whatever logs the mail passes. */

/** Day and minute make twelve digits with separators between; a number to call has no such shape. */
const MOMENT = /^(19|20)\d{2}[._-]?(0\d|1[0-2])[._-]?([0-2]\d|3[01])([._-]?([01]\d|2[0-3])[._-]?[0-5]\d)?$/;
const PHONE = /^\+?\(?\d(?:[\s()./-]{0,2}\d){7,14}$/;
const FULL_NAME = /^\p{Lu}\p{Ll}+(?:[\s._-]+\p{Lu}\p{Ll}+)+$/u;

/** Why a value is refused; null where it names nobody as far as its shape tells. */
export function personalReason(value: string): string | null {
  if (/@|%40/i.test(value)) {
    return 'this looks like an e-mail address: an address in a link is personal data in every mail and every log';
  }
  if (PHONE.test(value) && !MOMENT.test(value)) {
    return `"${value}" looks like a phone number: name the placement by a word`;
  }
  if (FULL_NAME.test(value)) return `"${value}" looks like a person's name: name the placement, not a reader`;
  return null;
}
