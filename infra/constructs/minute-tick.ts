import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as Target } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

const MINUTE = Duration.minutes(1);
/**
 * Neither the rule nor Lambda (which would by default) tries a failed run again: the next minute's
 * run does.
 */
const ONCE = { retryAttempts: 0, maxEventAge: MINUTE };

/** Runs `worker` once a minute. */
export class MinuteTick extends Construct {
  constructor(scope: Construct, id: string, { worker }: { worker: LambdaFunction }) {
    super(scope, id);
    worker.configureAsyncInvoke(ONCE);
    new Rule(this, 'rule', {
      schedule: Schedule.rate(MINUTE),
      targets: [new Target(worker, ONCE)],
    });
  }
}
