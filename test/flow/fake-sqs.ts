import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

interface Stored {
  readonly id: string;
  readonly body: string;
  held: boolean;
}

/** Messages per answer: SQS gives at most so many, and often fewer. */
const ANSWER = 2;

/** SQS in memory, behind the client's one method; a message that was received stays hidden until it is released. */
export class FakeSqs {
  readonly queues = new Map<string, Stored[]>();
  /** Queues that take no message. */
  readonly closed = new Set<string>();
  private sent = 0;

  get client(): Pick<SQSClient, 'send'> {
    return { send: (async (command: unknown) => this.answer(command)) as SQSClient['send'] };
  }

  put(queue: string, body: string, id?: string): void {
    if (this.closed.has(queue)) throw new Error(`${queue} takes no message`);
    this.sent += 1;
    this.queue(queue).push({ id: id ?? `m${this.sent}`, body, held: false });
  }

  bodies(queue: string): readonly string[] {
    return this.queue(queue).map(({ body }) => body);
  }

  /** Takes all messages away, as a consumer that succeeds does. */
  drain(queue: string): readonly { readonly id: string; readonly body: string }[] {
    return this.queue(queue).splice(0);
  }

  hidden(queue: string): number {
    return this.queue(queue).filter(({ held }) => held).length;
  }

  private queue(name: string): Stored[] {
    const queue = this.queues.get(name) ?? [];
    this.queues.set(name, queue);
    return queue;
  }

  private answer(command: unknown): object {
    if (command instanceof ReceiveMessageCommand) return this.receive(command.input);
    if (command instanceof SendMessageCommand) return this.send(command.input);
    if (command instanceof DeleteMessageCommand) return this.remove(command.input);
    if (command instanceof ChangeMessageVisibilityCommand) return this.release(command.input);
    throw new Error(`the fake has no ${(command as object).constructor.name}`);
  }

  private receive({ QueueUrl = '' }: ReceiveMessageCommand['input']) {
    const free = this.queue(QueueUrl)
      .filter(({ held }) => !held)
      .slice(0, ANSWER);
    for (const message of free) message.held = true;
    return { Messages: free.map(({ id, body }) => ({ MessageId: id, Body: body, ReceiptHandle: id })) };
  }

  private send({ QueueUrl = '', MessageBody = '' }: SendMessageCommand['input']) {
    this.put(QueueUrl, MessageBody);
    return {};
  }

  private remove({ QueueUrl = '', ReceiptHandle = '' }: DeleteMessageCommand['input']) {
    const queue = this.queue(QueueUrl);
    this.queues.set(
      QueueUrl,
      queue.filter(({ id }) => id !== ReceiptHandle),
    );
    return {};
  }

  private release({ QueueUrl = '', ReceiptHandle = '' }: ChangeMessageVisibilityCommand['input']) {
    for (const message of this.queue(QueueUrl)) if (message.id === ReceiptHandle) message.held = false;
    return {};
  }
}
