import { devNull } from 'node:os';
import type { FunctionName } from '../../functions.ts';
import { credentialsOf, REGION } from '../aws/client-options.ts';
import type { LocalAws } from '../aws/start-aws.ts';

/** The prefix of all secrets' names; in the cloud it holds the stack's name. */
export const PARAMETER_PREFIX = '/local/channels';

/** What the product's functions read from their environment; the stack sets the same names. */
export const productEnvironment = (
  aws: Pick<LocalAws, 'tableName' | 'queues'>,
  publicUrl: string,
): Record<string, string> => ({
  TABLE_NAME: aws.tableName,
  INBOUND_QUEUE_URL: aws.queues.queueUrls.inbound,
  OUTBOUND_QUEUE_URL: aws.queues.queueUrls.outbound,
  STATUSES_QUEUE_URL: aws.queues.queueUrls.statuses,
  NEWS_QUEUE_URL: aws.queues.queueUrls.news,
  PUBLIC_URL: publicUrl,
  MEDIA_URL: publicUrl,
  PARAMETER_PREFIX,
  REACH: 'local',
  POWERTOOLS_LOG_LEVEL: 'INFO',
  POWERTOOLS_SERVICE_NAME: 'local',
});

/**
 * What Lambda adds. Nothing of the environment of `npm start` comes along, so no profile, no proxy
 * and no credentials can make a local run reach a real AWS account.
 */
export const lambdaEnvironment = (
  name: FunctionName,
  {
    handler,
    memoryMb,
    bundle,
    environment,
  }: {
    handler: string;
    memoryMb: number;
    bundle: string;
    /** Settings that only tests set (infra/local/tuning.ts). */
    environment: Record<string, string>;
  },
  endpoints: LocalAws['endpoints'],
): Record<string, string> => ({
  ...environment,
  PATH: process.env.PATH ?? '',
  LANG: 'en_US.UTF-8',
  TZ: ':UTC',
  _HANDLER: handler,
  SANDBOX_BUNDLE: bundle,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  // The key names the function, so that a test can intercept the calls of one function.
  ...keysOf(credentialsOf(name)),
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
  AWS_ENDPOINT_URL_SQS: endpoints.sqs,
  AWS_ENDPOINT_URL_SSM: endpoints.ssm,
});

const keysOf = ({
  accessKeyId,
  secretAccessKey,
  sessionToken,
}: ReturnType<typeof credentialsOf>) => ({
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_SESSION_TOKEN: sessionToken,
});
