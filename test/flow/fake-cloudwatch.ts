import { type CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';

/** Points per page of an answer: few, so that tests see the pages. */
const PAGE = 2;

/** CloudWatch in memory: one metric's sums by quarter of an hour, newest first as the service has it. */
export class FakeCloudWatch {
  /** By ISO time of the quarter's beginning. */
  readonly sums = new Map<string, number>();
  readonly asked: GetMetricDataCommand['input'][] = [];
  statusCode: 'Complete' | 'Forbidden' | 'InternalError' = 'Complete';

  get client(): Pick<CloudWatchClient, 'send'> {
    return { send: (async (command: unknown) => this.answer(command)) as CloudWatchClient['send'] };
  }

  private answer(command: unknown): object {
    if (!(command instanceof GetMetricDataCommand))
      throw new Error(`the fake has no ${(command as object).constructor.name}`);
    const { StartTime, EndTime, NextToken } = command.input;
    this.asked.push(command.input);
    const within = [...this.sums]
      .map(([time, sum]) => [new Date(time), sum] as const)
      .filter(([at]) => at >= (StartTime as Date) && at < (EndTime as Date))
      .sort(([a], [b]) => b.getTime() - a.getTime());
    const start = Number(NextToken ?? 0);
    const page = within.slice(start, start + PAGE);
    const more = start + PAGE < within.length;
    return {
      MetricDataResults: [
        {
          Id: 'requests',
          StatusCode: this.statusCode === 'Complete' && more ? 'PartialData' : this.statusCode,
          Timestamps: page.map(([at]) => at),
          Values: page.map(([, sum]) => sum),
        },
      ],
      ...(more && { NextToken: String(start + PAGE) }),
    };
  }
}
