import { Logger } from '@aws-lambda-powertools/logger';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

/** Whether CloudFormation calls and waits for an answer, as against a schedule or a bucket. */
export const isDeployment = (event: unknown): event is CloudFormationCustomResourceEvent =>
  typeof event === 'object' && event !== null && 'ResponseURL' in event;

const logger = new Logger();

/**
 * Does the work of a deployment and tells CloudFormation how it ended. A failure that it was told of is not thrown as
 * well: Lambda would do the work again, beside the rollback.
 */
export async function answerDeployment(
  event: CloudFormationCustomResourceEvent,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    logger.error('the deployment failed', { error });
    return answer(event, 'FAILED', error instanceof Error ? error.message : String(error));
  }
  return answer(event, 'SUCCESS');
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
