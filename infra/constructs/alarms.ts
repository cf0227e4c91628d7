import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Alarm, type AlarmProps, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

const RUNBOOK = 'infra/RUNBOOK.md';

export interface AlarmSpec extends Omit<AlarmProps, 'alarmDescription' | 'treatMissingData'> {
  /**
   * What visitors notice, in one sentence: it is the first thing the operator reads of an alarm.
   */
  effect: string;
  /** For a metric that always has values: then the alarm rings also when there is none. */
  silenceRings?: true;
}

/**
 * The one place that makes alarms, so that each says what visitors notice, links its section of the
 * runbook and goes to the topic.
 */
export class Alarms extends Construct {
  readonly topic: Topic;
  /** In the order in which they were added. */
  readonly all: Alarm[] = [];

  constructor(scope: Construct, id: string, { email }: { email: string | null }) {
    super(scope, id);
    const key = new Key(this, 'key', {
      description: 'Encrypts what the alarms say on their way to you',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.topic = new Topic(this, 'topic', { masterKey: key, enforceSSL: true });
    this.#letAlarmsSpeak(key);
    if (email) this.topic.addSubscription(new EmailSubscription(email));
  }

  add(slug: string, { effect, silenceRings, ...spec }: AlarmSpec): void {
    const alarm = new Alarm(this, slug, {
      alarmDescription: `${slug}: ${effect}\nWhat to do: ${RUNBOOK}#${slug}`,
      // Queues and endpoints without traffic have no values.
      treatMissingData: silenceRings ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      ...spec,
    });
    this.all.push(alarm);
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
  }

  /**
   * CloudWatch may publish to a topic with a policy and a key of its own only if both allow it.
   * Without this no alarm would reach the topic, and the operator would not notice.
   */
  #letAlarmsSpeak(key: Key) {
    const principals = [new ServicePrincipal('cloudwatch.amazonaws.com')];
    const anyAlarm = Stack.of(this).formatArn({
      service: 'cloudwatch',
      resource: 'alarm',
      resourceName: '*',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals,
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { ArnLike: { 'aws:SourceArn': anyAlarm } },
      }),
    );
    key.addToResourcePolicy(
      new PolicyStatement({
        principals,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'], // in a key's own policy this is the key itself
        // CloudWatch is everybody's: without this any account's alarm could make it use our key.
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
  }
}
