import { Duration, Stack } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  type Metric,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionName, QueueName } from '../functions.ts';
import type { JobQueue } from './job-queue.ts';

export interface DashboardProps {
  /** A metric that the functions count or measure, by its name. */
  counted: (name: string) => Metric;
  queues: Record<QueueName, JobQueue>;
  functions: Record<FunctionName, IFunction & { logGroup: ILogGroup }>;
  alarms: Alarm[];
}

/** CloudWatch's grid is 24 columns wide. */
const WIDE = 24;
const HALF = 12;
const HEIGHT = 6;

/**
 * Everything on one page, from what visitors notice down to what runs it. Figures of single channels are
 * queries of the log: a metric for each would cost 0.30 $ a month and channel (docs/deploy.md#costs).
 */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    new CloudWatchDashboard(this, 'page', {
      dashboardName: Stack.of(this).stackName,
      defaultInterval: Duration.hours(24),
      widgets: rowsOf(props, Stack.of(this).stackName),
    });
  }
}

const rowsOf = (
  { counted, queues, functions, alarms }: DashboardProps,
  stackName: string,
): IWidget[][] => [
  [
    new TextWidget({
      markdown: `What to do about any of this: **infra/RUNBOOK.md**. The whole story of one message: \`npx dialog360-channel trace --stack ${stackName}\`, with its id or the visitor’s phone number.`,
      width: WIDE,
      height: 1,
    }),
  ],
  [new AlarmStatusWidget({ title: 'Alarms', alarms, width: WIDE, height: HEIGHT })], // six rows of them
  [
    percentiles('What visitors wait: webhook to acceptance (ms)', counted('webhook-to-acceptance')),
    percentiles('The agent’s answers (ms)', counted('agent-latency')),
  ],
  [
    byChannel('The agent, by channel', functions.worker, [
      'filter message = "agent-asked"',
      'stats count() as asked, avg(took_ms) as average_ms, pct(took_ms, 95) as p95_ms by channel_id',
      'sort asked desc',
    ]),
    byChannel('Billed messages, by channel', functions.statuses, [
      'filter message = "status-recorded" and ispresent(billed_as)',
      'stats count() as messages by channel_id, billed_as',
      'sort messages desc',
    ]),
  ],
  [
    graph('Messages', ['webhook-message', 'webhook-status', 'billable-message'].map(counted)),
    graph(
      'What is lost or refused',
      ['turn-lost', 'reply-failed', 'job-given-up', 'webhook-refused', 'webhook-dark'].map(counted),
    ),
  ],
  [
    graph(
      'How old the oldest job is (s)',
      Object.entries(queues).flatMap(([name, { queue }]) => [
        queue.metricApproximateAgeOfOldestMessage({ label: name, statistic: Stats.MAXIMUM }),
        counted(`put-off-${name}`).with({ label: `${name}, put off`, statistic: Stats.MAXIMUM }),
      ]),
    ),
    graph(
      'Jobs that wait',
      Object.entries(queues).map(([name, { queue }]) =>
        queue.metricApproximateNumberOfMessagesVisible({ label: name, statistic: Stats.MAXIMUM }),
      ),
    ),
  ],
  [
    graph(
      'Functions that run at once',
      Object.entries(functions).map(([name, one]) =>
        one.metric('ConcurrentExecutions', { label: name, statistic: Stats.MAXIMUM }),
      ),
    ),
    graph(
      'Functions that fail or find no room',
      Object.entries(functions).flatMap(([name, one]) => [
        one.metricErrors({ label: `${name} fails` }),
        one.metricThrottles({ label: `${name} waits` }),
      ]),
    ),
  ],
];

const graph = (title: string, left: IMetric[]): IWidget =>
  new GraphWidget({ title, left, width: HALF, height: HEIGHT, leftYAxis: { min: 0 } });

const percentiles = (title: string, metric: Metric): IWidget =>
  graph(
    title,
    [50, 90, 99].map((p) => metric.with({ statistic: Stats.percentile(p), label: `p${p}` })),
  );

const byChannel = (
  title: string,
  { logGroup }: { logGroup: ILogGroup },
  queryLines: string[],
): IWidget =>
  new LogQueryWidget({
    title,
    logGroupNames: [logGroup.logGroupName],
    queryLines,
    view: LogQueryVisualizationType.TABLE,
    width: HALF,
    height: HEIGHT,
  });
