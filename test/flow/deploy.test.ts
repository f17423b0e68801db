import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';

import { answerDeployment, isDeployment } from '../../lambda/custom-resource.ts';

/** What CloudFormation is told, and the header that its signed address asks for. */
async function told(work: () => Promise<void>, RequestType = 'Create', status = 200) {
  const answers: object[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      answers.push({ method: request.method, type: request.headers['content-type'], ...JSON.parse(body) });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ResponseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const ids = { StackId: 's', RequestId: 'r', LogicalResourceId: 'Tables' };
  const event = {
    RequestType,
    ResponseURL,
    ...ids,
    ...(RequestType !== 'Create' && { PhysicalResourceId: 'old' }),
  };
  const outcome = await answerDeployment(event as unknown as CloudFormationCustomResourceEvent, work).then(
    () => 'done',
    (error: Error) => error.message,
  );
  await new Promise((resolve) => server.close(resolve));
  return { answers, outcome };
}

describe('a deployment', () => {
  it('hears of a good end', async () => {
    expect(await told(async () => {})).toEqual({
      outcome: 'done',
      answers: [
        {
          method: 'PUT',
          type: '',
          Status: 'SUCCESS',
          Reason: '',
          PhysicalResourceId: 'Tables',
          StackId: 's',
          RequestId: 'r',
          LogicalResourceId: 'Tables',
        },
      ],
    });
  });

  it('hears why it failed, cut to what it takes, and keeps its id', async () => {
    const { answers, outcome } = await told(() => Promise.reject(new Error('x'.repeat(5_000))), 'Update');
    expect(answers).toMatchObject([
      { Status: 'FAILED', Reason: 'x'.repeat(1_000), PhysicalResourceId: 'old' },
    ]);
    // Thrown, Lambda would do the work again, beside the rollback that the answer began.
    expect(outcome).toBe('done');
  });

  it('fails where the answer is not taken', async () => {
    expect((await told(async () => {}, 'Create', 403)).outcome).toContain('HTTP 403');
  });

  it.each([
    { event: { ResponseURL: 'https://example.com' }, is: true },
    { event: { Records: [] }, is: false },
    { event: null, is: false },
  ])('is told from other events ($event)', ({ event, is }) => {
    expect(isDeployment(event)).toBe(is);
  });
});
