import { describe, expect, test } from 'vitest';
import { slotsOf } from '../../../infra/concurrency.ts';
import { FUNCTIONS, type FunctionName, QUEUES, type QueueName } from '../../../infra/functions.ts';
import { ROUTES } from '../../../infra/routes.ts';
import { synthStack } from '../../support/synth-stack.ts';

const { template, id, arn, resource, allOf } = synthStack();
const functionNames = Object.keys(FUNCTIONS) as FunctionName[];
const queueNames = Object.keys(QUEUES) as QueueName[];

describe('functions', () => {
  test('the stack has the functions of infra/functions.ts and no others', () => {
    template.resourceCountIs('AWS::Lambda::Function', functionNames.length);
  });

  test.each(functionNames)('%s runs as infra/functions.ts says, on Node 24 and arm64', (name) => {
    const { handler, timeoutSeconds, memoryMb } = FUNCTIONS[name];
    expect(resource(name).Properties).toMatchObject({
      Handler: `index.${handler}`,
      Timeout: timeoutSeconds,
      MemorySize: memoryMb,
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
    });
  });

  test.each(functionNames)('%s writes JSON into a log of its own that is kept 30 days', (name) => {
    expect(resource(name).Properties.LoggingConfig).toEqual({
      LogGroup: { Ref: id(`${name}-log`) },
      LogFormat: 'JSON',
      ApplicationLogLevel: 'INFO',
      SystemLogLevel: 'WARN',
    });
    expect(resource(`${name}-log`)).toMatchObject({
      Properties: { RetentionInDays: 30 },
      DeletionPolicy: 'Delete',
    });
  });

  test.each(
    functionNames,
  )('%s has the addresses of everything in its environment, and no secret', (name) => {
    const { MEDIA_URL, ...variables } = resource(name).Properties.Environment.Variables;
    // The one variable that only the worker has: media-url.test.ts.
    expect(MEDIA_URL !== undefined).toBe(name === 'worker');
    expect(variables).toEqual({
      TABLE_NAME: { Ref: id('table/items') },
      INBOUND_QUEUE_URL: { Ref: id('inbound-queue/jobs') },
      OUTBOUND_QUEUE_URL: { Ref: id('outbound-queue/jobs') },
      STATUSES_QUEUE_URL: { Ref: id('statuses-queue/jobs') },
      NEWS_QUEUE_URL: { Ref: id('news-queue/jobs') },
      PUBLIC_URL: { 'Fn::GetAtt': [id('public-api/api'), 'ApiEndpoint'] },
      PARAMETER_PREFIX: '/dialog360-channel/channels',
      REACH: 'public',
      POWERTOOLS_SERVICE_NAME: 'dialog360-channel',
      POWERTOOLS_LOG_LEVEL: 'INFO',
      ...(FUNCTIONS[name].trigger && { SLOTS: '2' }),
      ...(name === 'channels' && { CONCURRENCY: '10', WORKER_SLOTS: '2' }),
    });
  });

  test('functions behind endpoints end before API Gateway gives up after 30 s', () => {
    for (const { function: name } of ROUTES) {
      expect(FUNCTIONS[name].timeoutSeconds, name).toBeLessThan(30);
    }
  });
});

describe('queues', () => {
  test.each(
    queueNames,
  )('%s keeps jobs 14 days, encrypted, and takes none away but after 1000 crashes', (name) => {
    expect(resource(`${name}-queue/jobs`).Properties).toMatchObject({
      VisibilityTimeout: QUEUES[name].visibilitySeconds,
      MessageRetentionPeriod: 14 * 24 * 60 * 60,
      SqsManagedSseEnabled: true,
      RedrivePolicy: {
        deadLetterTargetArn: arn(`${name}-queue/dead-letters`),
        maxReceiveCount: 1000,
      },
    });
  });

  test.each(
    queueNames,
  )('%s has a dead-letter queue of its kind that keeps jobs as long', (name) => {
    const { fifo } = QUEUES[name];
    const { FifoQueue: jobs } = resource(`${name}-queue/jobs`).Properties;
    const letters = resource(`${name}-queue/dead-letters`).Properties;
    expect([jobs, letters.FifoQueue]).toEqual(fifo ? [true, true] : [undefined, undefined]);
    expect(letters).toMatchObject({
      MessageRetentionPeriod: 14 * 24 * 60 * 60,
      SqsManagedSseEnabled: true,
    });
    expect(letters.RedrivePolicy).toBeUndefined();
  });

  test.each(['inbound', 'outbound'])('%s is a high-throughput FIFO with ids of our own', (name) => {
    expect(resource(`${name}-queue/jobs`).Properties).toMatchObject({
      FifoQueue: true,
      ContentBasedDeduplication: false,
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
    });
  });

  test('every queue refuses callers without TLS', () => {
    const refusing = allOf('AWS::SQS::QueuePolicy')
      .filter(({ PolicyDocument }) =>
        PolicyDocument.Statement.some(
          (statement: Record<string, unknown>) =>
            statement.Effect === 'Deny' &&
            JSON.stringify(statement.Condition) === '{"Bool":{"aws:SecureTransport":"false"}}',
        ),
      )
      .flatMap(({ Queues }) => Queues);
    expect(refusing).toHaveLength(2 * queueNames.length);
    template.resourceCountIs('AWS::SQS::Queue', 2 * queueNames.length);
  });

  test('each trigger has the batches of infra/functions.ts, two functions at once, and failures job by job', () => {
    const triggers = functionNames.flatMap((name) => {
      const { trigger } = FUNCTIONS[name];
      return trigger ? [{ name, trigger }] : [];
    });
    template.resourceCountIs('AWS::Lambda::EventSourceMapping', triggers.length);
    for (const { name, trigger } of triggers) {
      template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
        EventSourceArn: arn(`${trigger}-queue/jobs`),
        FunctionName: { Ref: id(name) },
        BatchSize: QUEUES[trigger].batchSize,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 2 },
      });
      // Else a job comes back while its function still works on it, or while the trigger still tries an
      // invocation again that found no free slot.
      expect(QUEUES[trigger].visibilitySeconds).toBe(FUNCTIONS[name].timeoutSeconds + 60);
    }
  });
});

test('the worker has time for the slowest agent, and before that for voice notes that become text', () => {
  const slowest = 120 + 20; // `agent.timeout_ms` at most, and what functions/worker/main.ts waits for voices
  expect(FUNCTIONS.worker.timeoutSeconds).toBeGreaterThanOrEqual(slowest + 10);
  expect(FUNCTIONS.news.timeoutSeconds).toBe(FUNCTIONS.worker.timeoutSeconds - 20);
});

describe('the setting `concurrency`', () => {
  const limitsOf = (concurrency: number) => {
    const { resource: find, allOf: all, id: nameOf } = synthStack({ concurrency });
    const mappings = all('AWS::Lambda::EventSourceMapping');
    const triggers = Object.fromEntries(
      functionNames.flatMap((name) => {
        const mapping = mappings.find(({ FunctionName }) => FunctionName.Ref === nameOf(name));
        const { SLOTS } = find(name).Properties.Environment.Variables;
        const limit = mapping?.ScalingConfig.MaximumConcurrency;
        expect(SLOTS).toBe(limit === undefined ? undefined : String(limit));
        return mapping ? [[name, limit]] : [];
      }),
    );
    const reserved = functionNames.flatMap((name) => {
      const most = find(name).Properties.ReservedConcurrentExecutions;
      return most === undefined ? [] : [[name, most]];
    });
    return { triggers, reserved: Object.fromEntries(reserved) };
  };

  test('gives each trigger two of a fresh account’s ten, and reserves nothing', () => {
    const triggers = { worker: 2, send: 2, statuses: 2, news: 2 };
    expect(limitsOf(10)).toEqual({ triggers, reserved: {} });
  });

  test('reserves a share for the webhook where a hundred stay unreserved', () => {
    const { triggers, webhook } = slotsOf(200);
    expect(limitsOf(200)).toEqual({ triggers, reserved: { webhook } });
  });
});

test('the clock calls the functions of infra/functions.ts each minute, and tries no run twice', () => {
  const ticked = functionNames.filter((name) => FUNCTIONS[name].everyMinute);
  expect(ticked).toEqual(['sweep']);
  template.resourceCountIs('AWS::Events::Rule', ticked.length);
  template.resourceCountIs('AWS::Lambda::EventInvokeConfig', ticked.length);
  for (const name of ticked) {
    const once = { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 };
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
      Targets: [{ Arn: arn(name), RetryPolicy: once }],
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: id(name) },
      ...once,
    });
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      FunctionName: arn(name),
      Principal: 'events.amazonaws.com',
      SourceArn: arn(`${name}-tick/rule`),
    });
    // Else two of them would work on the same lists.
    expect(FUNCTIONS[name].timeoutSeconds).toBeLessThan(60);
  }
});

test('the table is paid by use, removes expired items, and cannot be deleted by mistake', () => {
  expect(resource('table/items')).toMatchObject({
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
      TimeToLiveSpecification: { AttributeName: 'expires_at', Enabled: true },
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [{ IndexName: 'index', Projection: { ProjectionType: 'ALL' } }],
    },
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
  });
});
