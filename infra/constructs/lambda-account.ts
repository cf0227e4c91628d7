import { Stack, Validations } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** The AWS account the functions run in: `check` asks it how many functions may run at once. */
export class LambdaAccount extends Construct {
  letAsk(who: IGrantable): void {
    const statement = new PolicyStatement({
      actions: ['lambda:GetAccountSettings'],
      resources: ['*'],
    });
    who.grantPrincipal.addToPrincipalPolicy(statement);
    Validations.of(Stack.of(this)).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'The settings of an account belong to no resource, so there is nothing narrower to name; ' +
        'the call only reads two numbers.',
    });
  }
}
