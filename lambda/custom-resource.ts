import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

/** Whether CloudFormation calls and waits for an answer, as against a schedule or a bucket. */
export const isDeployment = (event: unknown): event is CloudFormationCustomResourceEvent =>
  typeof event === 'object' && event !== null && 'ResponseURL' in event;

/** Does the work of a deployment and tells CloudFormation how it ended; a failure is its answer and is thrown as well. */
export async function answerDeployment(
  event: CloudFormationCustomResourceEvent,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    await answer(event, 'FAILED', error instanceof Error ? error.message : String(error));
    throw error;
  }
  await answer(event, 'SUCCESS');
}

async function answer(
  event: CloudFormationCustomResourceEvent,
  Status: 'SUCCESS' | 'FAILED',
  reason = '',
): Promise<void> {
  const body = JSON.stringify({
    Status,
    // CloudFormation takes 4,096 bytes in all.
    Reason: reason.slice(0, 1000),
    PhysicalResourceId: 'PhysicalResourceId' in event ? event.PhysicalResourceId : event.LogicalResourceId,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
  });
  // The address is signed for an empty content type.
  const response = await fetch(event.ResponseURL, { method: 'PUT', headers: { 'content-type': '' }, body });
  if (!response.ok) throw new Error(`CloudFormation did not take the answer: HTTP ${response.status}`);
}
