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
  /** What people notice, in one sentence. Read at three in the morning. */
  users: string;
  /** Something that happens all the time: when nothing is heard of it, that is the trouble. */
  silenceRings?: true;
}

/** The one place alarms are made, so each names its effect, links its runbook and tells somebody. */
export class Alarms extends Construct {
  readonly topic: Topic;

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

  add(slug: string, { users, silenceRings, ...spec }: AlarmSpec): void {
    const alarm = new Alarm(this, slug, {
      alarmDescription: `${slug}: ${users}\nWhat to do: ${RUNBOOK}#${slug}`,
      // Idle queues and endpoints emit nothing.
      treatMissingData: silenceRings ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      ...spec,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
  }

  /**
   * A topic with a policy of its own, or with a key, is mute to CloudWatch until both say otherwise,
   * and nobody notices until an alarm should have rung.
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
      }),
    );
  }
}
