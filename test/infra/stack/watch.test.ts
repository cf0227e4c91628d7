import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { QUEUES } from '../../../infra/functions.ts';
import { synthStack } from '../../support/synth-stack.ts';

const { template, id, resource, allOf } = synthStack();
const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');
const alarms = allOf('AWS::CloudWatch::Alarm').map((alarm) => ({
  ...alarm,
  slug: String(alarm.AlarmDescription).split(':')[0] ?? '',
}));
const alarmOf = (slug: string) => alarms.find((alarm) => alarm.slug === slug);

describe('an alarm rings at', () => {
  test('a job in the dead letters of any queue, within five minutes', () => {
    for (const name of Object.keys(QUEUES)) {
      expect(alarmOf(`${name}-crashed`)).toMatchObject({
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Dimensions: [{ Value: { 'Fn::GetAtt': [id(`${name}-queue/dead-letters`), 'QueueName'] } }],
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: 1,
        Period: 300,
        EvaluationPeriods: 1,
      });
    }
  });

  test.each([
    { name: 'inbound', seconds: 600 },
    { name: 'outbound', seconds: 900 },
    { name: 'statuses', seconds: 900 },
    { name: 'news', seconds: 900 },
  ])('a job that lies in $name for more than $seconds s', ({ name, seconds }) => {
    expect(alarmOf(`${name}-late`)).toMatchObject({
      Metrics: [
        { Expression: 'MAX([FILL(lies, 0), FILL(waits, 0)])' },
        {
          Id: 'lies',
          MetricStat: {
            Metric: {
              MetricName: 'ApproximateAgeOfOldestMessage',
              Dimensions: [{ Value: { 'Fn::GetAtt': [id(`${name}-queue/jobs`), 'QueueName'] } }],
            },
            Period: 300,
            Stat: 'Maximum',
          },
        },
        {
          Id: 'waits',
          MetricStat: { Metric: { MetricName: `put-off-${name}` }, Period: 300, Stat: 'Maximum' },
        },
      ],
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: seconds,
      DatapointsToAlarm: 1,
      EvaluationPeriods: 3,
    });
  });

  test('an API that fails in two of three periods of five minutes, even with one call each', () => {
    expect(alarmOf('webhook-failing')).toMatchObject({
      MetricName: '5xx',
      Dimensions: [{ Name: 'ApiId', Value: { Ref: id('public-api/api') } }],
      Statistic: 'Sum',
      Threshold: 1,
      Period: 300,
      DatapointsToAlarm: 2,
      EvaluationPeriods: 3,
    });
  });

  test('a call that the HTTP API itself refused for being one too many, in two of three periods', () => {
    const [filter] = allOf('AWS::Logs::MetricFilter');
    expect(filter).toMatchObject({
      LogGroupName: { Ref: id('public-api/access-log') },
      FilterPattern: '{ ($.status = "429") && ($.function_request_id != "*-*-*") }',
      MetricTransformations: [{ MetricValue: '1' }],
    });
    const [{ MetricNamespace, MetricName }] = filter.MetricTransformations;
    expect(alarmOf('calls-refused')).toMatchObject({
      Namespace: MetricNamespace,
      MetricName,
      Statistic: 'Sum',
      Threshold: 1,
      Period: 300,
      DatapointsToAlarm: 2,
      EvaluationPeriods: 3,
    });
    const { Format } = resource('public-api/stage').Properties.AccessLogSettings;
    expect(JSON.parse(Format)).toMatchObject({
      status: '$context.status',
      function_request_id: '$context.integration.requestId',
    });
  });

  test.each([
    { metric: 'turn-lost', times: 1, within: 1 },
    { metric: 'reply-failed', times: 5, within: 1 },
    { metric: 'unexpected-error', times: 1, within: 3 },
    { metric: 'channel-blocked', times: 1, within: 1 },
    { metric: 'dependency-unavailable', times: 5, within: 3 },
    { metric: 'job-given-up', times: 1, within: 1 },
    { metric: 'webhook-refused', times: 1, within: 3 },
    { metric: 'webhook-dark', times: 1, within: 1, seconds: 900 },
    { metric: 'chat-held-by-meta', times: 1, within: 1, seconds: 86_400 },
  ])('$times × $metric, as the functions count it', async ({ metric, times, within, seconds }) => {
    expect(alarmOf(metric)).toMatchObject({
      ...(await countedBy('shared/kernel/metrics.ts', metric)),
      Statistic: 'Sum',
      Threshold: times,
      Period: seconds ?? 300,
      EvaluationPeriods: within,
    });
  });

  test('ten minutes without one good run of the sweep, also when it does not run at all', () => {
    const ofSweep = (name: string) => ({
      Metric: {
        Namespace: 'AWS/Lambda',
        MetricName: name,
        Dimensions: [{ Name: 'FunctionName', Value: { Ref: id('sweep') } }],
      },
      Period: 300,
      Stat: 'Sum',
    });
    expect(alarmOf('sweep-stopped')).toMatchObject({
      Metrics: [
        { Expression: 'runs - failures' },
        { Id: 'runs', MetricStat: ofSweep('Invocations'), ReturnData: false },
        { Id: 'failures', MetricStat: ofSweep('Errors'), ReturnData: false },
      ],
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      EvaluationPeriods: 2,
      TreatMissingData: 'breaching',
    });
  });
});

describe('alarms are heard:', () => {
  test('every alarm publishes when it rings and when it is over, and only that of the sweep rings without data', () => {
    const topic = [{ Ref: id('alarms/topic') }];
    for (const alarm of alarms) {
      expect(alarm, alarm.slug).toMatchObject({
        AlarmActions: topic,
        OKActions: topic,
        TreatMissingData: alarm.slug === 'sweep-stopped' ? 'breaching' : 'notBreaching',
      });
    }
  });

  test('the topic and its key let CloudWatch publish, without which no alarm is heard', () => {
    const speaker = { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' } };
    expect(allOf('AWS::SNS::TopicPolicy')[0]?.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({ ...speaker, Action: 'sns:Publish' }),
    );
    expect(resource('alarms/key').Properties.KeyPolicy.Statement).toContainEqual(
      expect.objectContaining({
        ...speaker,
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    );
    expect(resource('alarms/topic').Properties.KmsMasterKeyId).toEqual({
      'Fn::GetAtt': [id('alarms/key'), 'Arn'],
    });
  });

  test('the address in the settings is subscribed', () => {
    const { template: told } = synthStack({ alarmEmail: 'ops@example.com' });
    told.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'ops@example.com',
    });
    template.resourceCountIs('AWS::SNS::Subscription', 0);
  });
});

/** What a function writes when it counts, in the form CloudWatch reads. */
async function countedBy(module: string, metric: string) {
  const url = pathToFileURL(join(root, module)).href;
  const script = `const m = await import('${url}'); m.count('${metric}'); m.flushMetrics();`;
  const { Variables: env } = resource('worker').Properties.Environment;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], {
    env: { POWERTOOLS_SERVICE_NAME: env.POWERTOOLS_SERVICE_NAME },
  });
  const line = JSON.parse(stdout);
  const [{ Namespace, Dimensions, Metrics }] = line._aws.CloudWatchMetrics;
  return {
    Namespace,
    Dimensions: Dimensions.flat().map((Name: string) => ({ Name, Value: line[Name] })),
    MetricName: Metrics[0].Name,
  };
}
