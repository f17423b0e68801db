/** Mail tools: the tag that each replaces by a value per copy, and what that value means for privacy. */

export interface MailTool {
  readonly id: string;
  readonly name: string;
  /** What stands in the address for the nonce. */
  readonly tag: string;
  /** Where the value comes from. */
  readonly fill: string;
  /** What a value stands for: one copy, or a contact for as long as nobody fills it anew. */
  readonly standsFor: 'copy' | 'contact';
  /** A tag that the tool has for a person, and that is not to be used; null where its documentation names none. */
  readonly ownId: string | null;
  /** Documentation of the tool's tags. */
  readonly source: string;
}

export const MAIL_TOOLS: readonly MailTool[] = [
  {
    id: 'mailchimp',
    name: 'Mailchimp',
    tag: '*|NONCE|*',
    fill: 'a merge field with the tag NONCE, imported from the column pixel_nonce of the mail merge before each sending',
    standsFor: 'contact',
    ownId: '*|EMAIL_UID|*',
    source: 'https://mailchimp.com/developer/marketing/docs/merge-fields',
  },
  {
    id: 'sendgrid',
    name: 'SendGrid',
    tag: '{{nonce}}',
    fill: 'nonce in the dynamic_template_data of each personalization: a random value, or pixel_nonce of the mail merge',
    standsFor: 'copy',
    ownId: null,
    source: 'https://docs.sendgrid.com/for-developers/sending-email/using-handlebars',
  },
  {
    id: 'hubspot',
    name: 'HubSpot',
    tag: '{{contact.pixel_nonce}}',
    fill: 'a contact property pixel_nonce, imported from the mail merge before each sending',
    standsFor: 'contact',
    ownId: '{{contact.hs_object_id}}',
    source:
      'https://developers.hubspot.com/docs/guides/cms/content/data-driven-content/emails-with-programmable-content',
  },
  {
    id: 'listmonk',
    name: 'listmonk',
    tag: '{{uuidv4}}',
    fill: 'listmonk itself: a function of its templates that is random for each message',
    standsFor: 'copy',
    ownId: '{{.Subscriber.UUID}}',
    source: 'https://listmonk.app/docs/templating',
  },
  {
    id: 'mautic',
    name: 'Mautic',
    tag: '{contactfield=pixel_nonce}',
    fill: 'a custom field pixel_nonce of the contact, imported from the mail merge before each sending',
    standsFor: 'contact',
    ownId: '{contactfield=id}',
    source: 'https://docs.mautic.org/en/channels/emails',
  },
  {
    id: 'postal',
    name: 'Postal',
    tag: '{{nonce}}',
    fill: 'your own program, before it hands the message over: Postal sends a message as it gets it',
    standsFor: 'copy',
    ownId: null,
    source: 'https://docs.postalserver.io/developer/api',
  },
  {
    id: 'ses',
    name: 'Amazon SES templates',
    tag: '{{nonce}}',
    fill: 'nonce in the TemplateData (or ReplacementTemplateData) of each destination: a random value, or pixel_nonce of the mail merge',
    standsFor: 'copy',
    ownId: null,
    source: 'https://docs.aws.amazon.com/ses/latest/dg/send-personalized-email-api.html',
  },
];

const MEANS: Readonly<Record<MailTool['standsFor'], string>> = {
  copy: 'The value is random for each copy and names nobody.',
  contact:
    'A field keeps its value: fill it anew for each sending, or the same value follows a person from mail to mail, which is personal data in every one of them.',
};

/** What the tag means for the people who get the mail, in whole sentences. */
export function privacyOf({ standsFor, ownId }: MailTool): string {
  const never = ownId === null ? [] : [`Never take ${ownId}: it stands for a person, in every mail to them.`];
  return [
    MEANS[standsFor],
    ...never,
    'Some regulators count any address that differs per copy as individual measurement.',
  ].join(' ');
}
