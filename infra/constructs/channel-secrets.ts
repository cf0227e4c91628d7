import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/**
 * Where the channels' secrets are: one SSM SecureString a channel, all below one prefix. The admin
 * function makes and deletes them. AWS's own key for SSM encrypts them, so no right to a key is
 * needed.
 */
export class ChannelSecrets extends Construct {
  readonly #arn: string;
  readonly #mediaKeyArn: string;

  constructor(scope: Construct, id: string, { prefix }: { prefix: string }) {
    super(scope, id);
    const stack = Stack.of(this);
    const arnOf = (name: string) =>
      stack.formatArn({
        service: 'ssm',
        resource: 'parameter',
        resourceName: `${prefix.slice(1)}/${name}`,
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      });
    this.#arn = arnOf('*');
    this.#mediaKeyArn = arnOf('media-key');
    Validations.of(stack).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter${prefix}/*]`,
      reason:
        'Channels are made while the stack runs, so their parameters can only be named by the ' +
        "prefix, which is this stack's alone.",
    });
  }

  letRead(who: IGrantable): void {
    this.#allow(who, ['ssm:GetParameter']);
  }

  letKeep(who: IGrantable): void {
    this.#allow(who, ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter']);
  }

  /** The right to make the key that media addresses are signed with, when there is none yet. */
  letMakeMediaKey(who: IGrantable): void {
    this.#allow(who, ['ssm:PutParameter'], this.#mediaKeyArn);
  }

  #allow(who: IGrantable, actions: string[], arn = this.#arn) {
    const statement = new PolicyStatement({ actions, resources: [arn] });
    who.grantPrincipal.addToPrincipalPolicy(statement);
  }
}
