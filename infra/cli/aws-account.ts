import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { loadConfig } from '@smithy/core/config';
import type { AwsCredentials } from '../../shared/kernel/sign-for-aws.ts';
import { type NotAsked, unreachable } from './outcome.ts';

export interface AwsAccount {
  region: string;
  credentials: AwsCredentials;
  /** The same, renewed where they end: a session lasts an hour or so. Rejects when one has to sign in again. */
  renewed(): Promise<AwsCredentials>;
}

/**
 * The AWS account of the person at this terminal, found as every AWS tool finds it: environment,
 * profile, single sign-on, the machine's role. What is missing is a sentence that says what to do.
 */
export async function openAwsAccount(wanted: {
  region: string | undefined;
  profile: string | undefined;
}): Promise<AwsAccount | NotAsked> {
  const { profile } = wanted;
  const region = wanted.region ?? (await regionOf(profile));
  if (!region) {
    return unreachable(
      'No AWS region is set: add --region, or set AWS_REGION. (--local needs none.)',
    );
  }
  try {
    const find = defaultProvider({ ...(profile && { profile }), clientConfig: { region } });
    return { region, credentials: await find(), renewed: () => find() };
  } catch (error) {
    // The SDK's own message goes on with advice about its own options.
    const [said = ''] = (error as Error).message.split('\n');
    return unreachable(
      `No AWS credentials: ${said.replace(/\.$/, '')}. Sign in (aws sso login, aws configure) or name a --profile. (--local needs none.)`,
    );
  }
}

const regionOf = (profile: string | undefined): Promise<string> =>
  loadConfig(
    {
      environmentVariableSelector: (env) => env.AWS_REGION ?? env.AWS_DEFAULT_REGION,
      configFileSelector: (section) => section.region,
      default: '',
    },
    { ...(profile && { profile }) },
  )();
