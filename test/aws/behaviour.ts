// What the product relies on in AWS, one line each. `npm run conformance` asks our own emulators and MiniStack.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { SSMClient } from '@aws-sdk/client-ssm';

export interface Aws {
  table: string;
  dynamodb: DynamoDBClient;
  sqs: SQSClient;
  fifo: string;
  standard: string;
  ssm: SSMClient;
}

export interface Behaviour {
  service: 'DynamoDB' | 'SQS' | 'SSM';
  what: string;
  /** Where the product relies on it. */
  where: string;
  holds(aws: Aws): Promise<boolean>;
}

let made = 0;
/** A name that nothing else has. */
export const fresh = (kind: string): string => {
  made += 1;
  return `${kind}-${made}`;
};

/** The error's name; null: it was done. */
export const errorOf = async (call: Promise<unknown>): Promise<string | null> => {
  try {
    await call;
    return null;
  } catch (error) {
    return (error as Error).name;
  }
};

export const isRefused = async (call: Promise<unknown>): Promise<boolean> =>
  (await errorOf(call)) !== null;
