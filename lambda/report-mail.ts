import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

const utf8 = (Data: string): { Data: string; Charset: string } => ({ Data, Charset: 'UTF-8' });

/** Hands one mail to SES; it builds the MIME parts itself. */
export async function sendMail(client: Pick<SESv2Client, 'send'>, mail: Mail): Promise<void> {
  await client.send(
    new SendEmailCommand({
      FromEmailAddress: mail.from,
      Destination: { ToAddresses: [...mail.to] },
      Content: {
        Simple: { Subject: utf8(mail.subject), Body: { Html: utf8(mail.html), Text: utf8(mail.text) } },
      },
    }),
  );
}
