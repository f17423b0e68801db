import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

export interface DeadLetter {
  readonly id: string;
  readonly body: string;
  /** Keys of the log objects it names; none where it is no S3 event. */
  readonly keys: readonly string[];
  /** What SQS wants to hear from whoever holds the message. */
  readonly receipt: string;
}

export interface DeadLettersOptions {
  readonly client: Pick<SQSClient, 'send'>;
  readonly arrivals: string;
  readonly deadLetters: string;
}

/** Longer than a replay: a letter that was read and left alone must not be read a second time by the same run. */
const HELD_SECONDS = 3600;
/** A long poll asks all of the queue's servers, so that an empty answer means an empty queue. */
const POLL_SECONDS = 2;

/** Messages that the ingest gave up, and the queue they came from. */
export class DeadLetters {
  private readonly options: DeadLettersOptions;

  constructor(options: DeadLettersOptions) {
    this.options = options;
  }

  /** Holds every letter of the queue, ten at a time; each has to be sent back, cleared or released. */
  async *take(): AsyncGenerator<DeadLetter> {
    for (;;) {
      const { Messages = [] } = await this.options.client.send(
        new ReceiveMessageCommand({
          QueueUrl: this.options.deadLetters,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: HELD_SECONDS,
          WaitTimeSeconds: POLL_SECONDS,
        }),
      );
      if (Messages.length === 0) return;
      yield* Messages.map(readLetter);
    }
  }

  /** First the new message, then the end of the old: a crash in between repeats one, and the ingest adds nothing twice. */
  async sendBack(letter: DeadLetter): Promise<void> {
    const { client, arrivals } = this.options;
    await client.send(new SendMessageCommand({ QueueUrl: arrivals, MessageBody: letter.body }));
    await this.clear(letter);
  }

  async clear({ receipt }: DeadLetter): Promise<void> {
    const { client, deadLetters } = this.options;
    await client.send(new DeleteMessageCommand({ QueueUrl: deadLetters, ReceiptHandle: receipt }));
  }

  /** Leaves the letter in the queue, to be seen at once. */
  async release({ receipt }: DeadLetter): Promise<void> {
    const { client, deadLetters } = this.options;
    const letter = { QueueUrl: deadLetters, ReceiptHandle: receipt, VisibilityTimeout: 0 };
    await client.send(new ChangeMessageVisibilityCommand(letter));
  }
}

const readLetter = ({ MessageId = '', Body = '', ReceiptHandle = '' }: Message): DeadLetter => ({
  id: MessageId,
  body: Body,
  keys: keysOf(Body),
  receipt: ReceiptHandle,
});

/** A letter may be anything that once failed, so what cannot be read names nothing. */
function keysOf(body: string): readonly string[] {
  try {
    const { Records = [] } = JSON.parse(body) as { Records?: { s3: { object: { key: string } } }[] };
    // S3 writes keys URL-encoded, with + for a space.
    return Records.map(({ s3 }) => decodeURIComponent(s3.object.key.replaceAll('+', ' ')));
  } catch {
    return [];
  }
}
