import { Readable } from 'node:stream';

/** One answer of a service: its body, or an error by its code. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An error as the services that speak JSON answer it. */
export const refusal = (code: string, message: string, status = 400): Answer => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
  body: JSON.stringify({ __type: code, message, Message: message }),
});

/** An error as S3 answers it. */
export const xmlRefusal = (code: string, status: number): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
});

export const answer = (value: object, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The far end of a real client of AWS: what it signs, retries and gives up is its own. */
export class FakeAws {
  /** Operation, or method and path where the protocol has none, of each attempt. */
  readonly attempts: string[] = [];
  private readonly respond: (operation: string, attempt: number) => Answer;

  constructor(respond: (operation: string, attempt: number) => Answer) {
    this.respond = respond;
  }

  /** For the constructor of a client. */
  get options() {
    return {
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      requestHandler: { handle: (request: Request) => this.handle(request) } as never,
    };
  }

  private async handle({ method, path, headers }: Request) {
    const operation = headers['x-amz-target']?.split('.').at(-1) ?? `${method} ${path}`;
    this.attempts.push(operation);
    const { status, headers: told = {}, body = '' } = this.respond(operation, this.attempts.length);
    return { response: { statusCode: status, headers: told, body: Readable.from([Buffer.from(body)]) } };
  }
}
