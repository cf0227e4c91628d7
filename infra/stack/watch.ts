import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Alarms } from '../constructs/alarms.ts';
import type { JobQueue } from '../constructs/job-queue.ts';
import type { PublicApi } from '../constructs/public-api.ts';
import type { QueueName } from '../functions.ts';

const FIVE_MINUTES = Duration.minutes(5);

/**
 * A broken agent is asked for four and a half minutes and WhatsApp's limits hold a chat up for some
 * more: a job that is older than this waits for somebody to do something.
 */
const LATE: Record<QueueName, { minutes: number; users: string }> = {
  inbound: {
    minutes: 10,
    users: 'People wait for an answer: their messages lie unread for more than ten minutes.',
  },
  outbound: {
    minutes: 15,
    users: 'People wait for an answer that is written but not sent for more than fifteen minutes.',
  },
  statuses: {
    minutes: 15,
    users: 'Nobody but the agent: it hears late what became of its messages, and of failed ones.',
  },
};

const CRASHED: Record<QueueName, string> = {
  inbound: 'Somebody wrote and gets no answer: the message crashed its function every time.',
  outbound: 'Somebody misses an answer: sending it crashed every time.',
  statuses: 'Nobody at once: what became of a message is not on record and the agent is not told.',
};

interface Watched {
  /** What the functions count under. */
  service: string;
  queues: Record<QueueName, JobQueue>;
  api: PublicApi;
  sweep: IFunction;
}

/** What would make a person wait or lose a message. Each slug is a section of RUNBOOK.md. */
export function watch(alarms: Alarms, { service, queues, api, sweep }: Watched): void {
  const counted = countedBy(service);
  alarms.add('webhook-failing', {
    users: 'Messages to the agent arrive late: 360dialog cannot hand them over and repeats them.',
    metric: api.httpApi.metricServerError({ period: FIVE_MINUTES, statistic: Stats.SUM }),
    ...atLeast(1),
    ...again,
  });
  alarms.add('turn-lost', {
    users: 'Somebody wrote and gets no answer: the agent failed, or cannot be reached.',
    metric: counted('turn-lost'),
    ...atLeast(1),
    ...atOnce,
  });
  alarms.add('reply-failed', {
    users: 'Several people miss an answer: WhatsApp refuses what the agent writes to them.',
    metric: counted('reply-failed'),
    ...atLeast(5), // one or two are people without WhatsApp, and the agent is told of each
    ...atOnce,
  });
  alarms.add('channel-blocked', {
    users: 'Nobody who writes to one of the numbers gets an answer: WhatsApp refuses all it sends.',
    metric: counted('channel-blocked'),
    ...atLeast(1),
    ...atOnce,
  });
  alarms.add('sweep-stopped', {
    users:
      'What waits for its time waits on: parked answers are not reported as expired, notifications ' +
      'get no result, and a channel stays blocked after its trouble is over.',
    metric: goodRunsOf(sweep),
    threshold: 1,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: 2,
    silenceRings: true, // a rule that is off, or a limit that is used up, leaves no run at all
  });
  alarms.add('unexpected-error', {
    users: 'Some answers come late: something fails in a way nobody thought of, again and again.',
    metric: counted('unexpected-error'),
    ...atLeast(1),
    ...again,
  });
  for (const name of Object.keys(queues) as QueueName[]) {
    const { minutes, users } = LATE[name];
    alarms.add(`${name}-late`, {
      users,
      metric: queues[name].queue.metricApproximateAgeOfOldestMessage({
        period: Duration.minutes(1),
        statistic: Stats.MAXIMUM,
      }),
      ...atLeast(minutes * 60),
      evaluationPeriods: 3,
    });
    alarms.add(`${name}-crashed`, {
      users: CRASHED[name],
      metric: queues[name].deadLetters.metricApproximateNumberOfMessagesVisible({
        period: FIVE_MINUTES,
        statistic: Stats.MAXIMUM,
      }),
      ...atLeast(1),
      ...atOnce,
    });
  }
}

/** What the functions count themselves: shared/kernel/metrics.ts. */
const countedBy =
  (service: string) =>
  (metricName: string): Metric =>
    new Metric({
      namespace: 'Dialog360Channel',
      dimensionsMap: { service },
      metricName,
      period: FIVE_MINUTES,
      statistic: Stats.SUM,
    });

/** Of the five that a function on the minute's tick has in five minutes. */
const goodRunsOf = (ticked: IFunction): MathExpression => {
  const sum = { period: FIVE_MINUTES, statistic: Stats.SUM };
  return new MathExpression({
    expression: 'runs - failures',
    usingMetrics: { runs: ticked.metricInvocations(sum), failures: ticked.metricErrors(sum) },
    period: FIVE_MINUTES,
  });
};

const atLeast = (threshold: number) => ({
  threshold,
  comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
});

const atOnce = { evaluationPeriods: 1 };

/** One bad moment heals itself by a repeat. A fault does not, however rarely somebody writes. */
const again = { datapointsToAlarm: 2, evaluationPeriods: 3 };
