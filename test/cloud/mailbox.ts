import { ACCOUNT } from './emulator.ts';

export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

interface Message {
  readonly Source: string;
  readonly To: readonly string[];
  readonly Subject: string;
  readonly BodyText: string | null;
  readonly BodyHtml: string | null;
}

/** All mails that the emulator took for sending, the oldest first. */
export async function readMails(endpoint: string): Promise<readonly Received[]> {
  const answer = await fetch(`${endpoint}/_ministack/ses/messages?account=${ACCOUNT}`);
  const { messages } = (await answer.json()) as { messages: Record<string, readonly Message[]> };
  return (messages[ACCOUNT] ?? []).map((message) => ({
    from: message.Source,
    to: message.To,
    subject: message.Subject,
    text: message.BodyText ?? '',
    html: message.BodyHtml ?? '',
  }));
}
