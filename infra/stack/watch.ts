import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Alarms } from '../constructs/alarms.ts';
import type { JobQueue } from '../constructs/job-queue.ts';
import type { PublicApi } from '../constructs/public-api.ts';
import type { QueueName } from '../functions.ts';

const FIVE_MINUTES = Duration.minutes(5);

/**
 * The worker asks a broken agent for four and a half minutes, and WhatsApp's limits hold up a chat
 * for some more. A job that is older than this waits for something that an operator has to do.
 */
const LATE: Record<QueueName, { minutes: number; effect: string }> = {
  inbound: {
    minutes: 10,
    effect:
      'Visitors wait for an answer: their messages have been in the queue for more than ten minutes.',
  },
  outbound: {
    minutes: 15,
    effect: 'Visitors wait for an answer that the agent gave more than fifteen minutes ago.',
  },
  statuses: {
    minutes: 15,
    effect:
      'Some get a message twice or not at all: what became of the messages we sent is recorded more than fifteen minutes late.',
  },
  news: {
    minutes: 15,
    effect: 'Nothing. The agent hears late what became of its replies, also that some have failed.',
  },
};

const CRASHED: Record<QueueName, string> = {
  inbound: 'A visitor wrote and gets no answer: the message crashed the worker every time.',
  outbound: 'A visitor misses an answer: the sender crashed at it every time.',
  statuses: 'Nothing. What became of a reply is not recorded, and the agent does not hear of it.',
  news: 'Nothing. The agent does not hear what became of a reply: telling it crashed every time.',
};

interface Watched {
  /** The name under which the functions count. */
  service: string;
  queues: Record<QueueName, JobQueue>;
  api: PublicApi;
  sweep: IFunction;
}

/**
 * One alarm for each thing that makes a visitor wait or lose a message. Each slug is a section of
 * RUNBOOK.md.
 */
export function watch(alarms: Alarms, { service, queues, api, sweep }: Watched): void {
  const counted = countedBy(service);
  alarms.add('webhook-failing', {
    effect:
      'Visitors get late answers: 360dialog cannot hand over their messages and repeats them.',
    metric: api.httpApi.metricServerError({ period: FIVE_MINUTES, statistic: Stats.SUM }),
    ...atLeast(1),
    ...again,
  });
  alarms.add('calls-refused', {
    effect:
      'Visitors get late answers if it is 360dialog that is refused: more calls come than an endpoint takes.',
    metric: refusedBy(api, service),
    ...atLeast(1),
    ...again,
  });
  alarms.add('webhook-refused', {
    effect:
      'Visitors of one of the numbers may get no answers: its webhook is called with a wrong token or header.',
    metric: counted('webhook-refused'),
    ...atLeast(1),
    ...again,
  });
  alarms.add('webhook-dark', {
    effect:
      'Visitors of one of the numbers may get no answers: we send, and for half an hour 360dialog tells nothing of it.',
    metric: counted('webhook-dark').with({ period: Duration.minutes(15) }), // the sweep looks every ten
    ...atLeast(1),
    ...atOnce,
  });
  alarms.add('turn-lost', {
    effect: 'A visitor wrote and gets no answer: the agent failed, or cannot be reached.',
    metric: counted('turn-lost'),
    ...atLeast(1),
    ...atOnce,
  });
  alarms.add('reply-failed', {
    effect: 'Several visitors miss an answer: WhatsApp refuses what the agent replies to them.',
    metric: counted('reply-failed'),
    ...atLeast(5), // one or two are visitors without WhatsApp, and the agent is told of each
    ...atOnce,
  });
  alarms.add('channel-blocked', {
    effect: 'Visitors of one of the numbers get no answers: WhatsApp refuses everything it sends.',
    metric: counted('channel-blocked'),
    ...atLeast(1),
    ...atOnce,
  });
  alarms.add('chat-held-by-meta', {
    effect:
      'Some visitors are answered by Meta’s own agent, or by another app on the number: the channel’s agent is not asked.',
    // It may be wanted, and then goes on: a whole day, so that it rings once and not each time.
    metric: counted('chat-held-by-meta').with({ period: Duration.days(1) }),
    ...atLeast(1),
    ...atOnce,
  });
  alarms.add('chat-limited', {
    effect:
      'A visitor, most likely a program, gets no answers for up to an hour: it wrote more than the channel allows.',
    metric: counted('chat-limited'),
    ...atLeast(1),
    ...atOnce,
  });
  alarms.add('sweep-stopped', {
    effect:
      'Nothing at once. But the sweep does not run, so parked replies do not expire, notifications get no ' +
      'result, and a blocked channel stays blocked.',
    metric: goodRunsOf(sweep),
    threshold: 1,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: 2,
    silenceRings: true, // when the rule is off or Lambda's limit is used up, there is no run at all
  });
  alarms.add('unexpected-error', {
    effect: 'Some answers come late: something fails unexpectedly, again and again.',
    metric: counted('unexpected-error'),
    ...atLeast(1),
    ...again,
  });
  alarms.add('dependency-unavailable', {
    effect: 'Some answers come late: a part of AWS does not answer in time, again and again.',
    metric: counted('dependency-unavailable'),
    ...atLeast(5), // one or two pass by themselves
    ...again,
  });
  alarms.add('job-given-up', {
    effect: 'A visitor may miss an answer: something has failed for so long that it was given up.',
    metric: counted('job-given-up'),
    ...atLeast(1),
    ...atOnce,
  });
  for (const name of Object.keys(queues) as QueueName[]) {
    const { minutes, effect } = LATE[name];
    alarms.add(`${name}-late`, {
      effect,
      metric: ageOfOldest(queues[name], counted(`put-off-${name}`)),
      ...atLeast(minutes * 60),
      // A job that was put off shows its age only when it comes again, up to five minutes later.
      datapointsToAlarm: 1,
      evaluationPeriods: 3,
    });
    alarms.add(`${name}-crashed`, {
      effect: CRASHED[name],
      metric: queues[name].deadLetters.metricApproximateNumberOfMessagesVisible({
        period: FIVE_MINUTES,
        statistic: Stats.MAXIMUM,
      }),
      ...atLeast(1),
      ...atOnce,
    });
  }
}

/**
 * The age of a queue's oldest job. SQS leaves out what it has handed out three times, where the queue is not
 * FIFO; the functions note the age of what they put off themselves (functions/chain/queue.ts).
 */
const ageOfOldest = ({ queue }: JobQueue, putOff: Metric): MathExpression =>
  new MathExpression({
    expression: 'MAX([FILL(lies, 0), FILL(waits, 0)])',
    usingMetrics: {
      lies: queue.metricApproximateAgeOfOldestMessage({
        period: FIVE_MINUTES,
        statistic: Stats.MAXIMUM,
      }),
      waits: putOff.with({ statistic: Stats.MAXIMUM }),
    },
    period: FIVE_MINUTES,
  });

/** A metric that the functions themselves count or measure (shared/kernel/metrics.ts). */
export const countedBy =
  (service: string) =>
  (metricName: string): Metric =>
    new Metric({
      namespace: 'Dialog360Channel',
      dimensionsMap: { service },
      metricName,
      period: FIVE_MINUTES,
      statistic: Stats.SUM,
    });

/**
 * The calls that the HTTP API itself refused, which no function saw. A function's own 429 has the id of its
 * invocation in the line, with hyphens; where there was none, API Gateway writes one hyphen.
 */
function refusedBy({ accessLog }: PublicApi, service: string): Metric {
  const refused = FilterPattern.stringValue('$.status', '=', '429');
  const unseen = FilterPattern.stringValue('$.function_request_id', '!=', '*-*-*');
  const filter = new MetricFilter(accessLog, 'refused', {
    logGroup: accessLog,
    filterPattern: FilterPattern.all(refused, unseen),
    metricNamespace: `Dialog360Channel/${service}`,
    metricName: 'calls-refused',
  });
  return filter.metric({ period: FIVE_MINUTES, statistic: Stats.SUM });
}

/** How many of a function's five runs in five minutes did not fail. */
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

/**
 * Two of three periods: a repeat makes up for one bad moment, and a fault may show only with the
 * next message.
 */
const again = { datapointsToAlarm: 2, evaluationPeriods: 3 };
