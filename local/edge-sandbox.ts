/** What the sandbox may ask of its host: plain values in, plain values out. */
export interface SandboxHost {
  readonly now: () => number;
  readonly read: (key: string) => string | null;
  readonly log: (text: string) => void;
  readonly hmac: (algorithm: string, key: string, text: string) => string;
}

interface Hmac {
  update(text: unknown): Hmac;
  digest(encoding: unknown): string;
}

type Handler = (event: unknown) => unknown;
type Define = (cloudfront: object, crypto: object) => Handler;
type Done = (uri: string | null, problem: string) => void;

/**
 * Emulates CloudFront's modules. This function's text is compiled inside the sandbox, so every object it makes belongs
 * there; it may use nothing from outside of its own body, and must never hand a function or an error of the host on:
 * through their constructors, code could climb out.
 */
export function emulateCloudFront(define: Define, host: SandboxHost): (event: string, done: Done) => void {
  const { parse } = JSON;
  const text = (value: unknown): string => `${value}`;

  /** An error of the host stays outside; the sandbox gets one of its own. */
  const ask = <Answer>(question: () => Answer, problem: string): Answer => {
    try {
      return question();
    } catch {
      throw new Error(problem);
    }
  };

  const read = (key: unknown): string => {
    const name = text(key);
    const value = ask(() => host.read(name), 'the store cannot be read');
    // AWS documents that get() fails for a missing key, not with which words.
    if (value === null) throw new Error('the key is not in the store');
    return value;
  };

  const createHmac = (algorithm: unknown, key: unknown): Hmac => {
    const [name, secret] = [text(algorithm), text(key)];
    let message = '';
    const hmac: Hmac = {
      update: (part) => {
        message += text(part);
        return hmac;
      },
      digest: (encoding) => {
        if (encoding !== 'hex') throw new Error('the local edge gives digests in hex only');
        return ask(() => host.hmac(name, secret, message), 'the digest failed');
      },
    };
    return hmac;
  };

  const kvs = () => ({ get: async (key: unknown) => read(key) });
  const logCustomData = (value: unknown): void => {
    const record = text(value);
    ask(() => host.log(record), 'the record was refused');
  };
  Date.now = () => ask(() => host.now(), 'there is no clock');

  const handler = define({ kvs, logCustomData }, { createHmac });

  const run = async (event: string, done: Done): Promise<void> => {
    let uri: string | null = null;
    let problem = '';
    try {
      const request = (await handler(parse(event))) as { uri?: unknown } | null;
      uri = text(request?.uri);
    } catch (error) {
      problem = text(error);
    }
    done(uri, problem);
  };
  return (event, done) => void run(event, done);
}
