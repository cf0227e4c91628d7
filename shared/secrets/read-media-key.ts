import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { MediaKey } from '../rules/agent-event/media-link.ts';

/** One version of the media key, or the newest; null: SSM has no such parameter or version. */
export async function readMediaKey(
  client: SSMClient,
  { prefix, version }: { prefix: string; version?: number },
): Promise<MediaKey | null> {
  const Name = `${mediaKeyName(prefix)}${version === undefined ? '' : `:${version}`}`;
  try {
    const { Parameter } = await client.send(
      new GetParameterCommand({ Name, WithDecryption: true }),
    );
    const { Value, Version } = Parameter ?? {};
    return Value && Version ? { secret: Value, version: Version } : null;
  } catch (error) {
    if (ABSENT.has(nameOf(error))) return null;
    throw error;
  }
}

const ABSENT = new Set(['ParameterNotFound', 'ParameterVersionNotFound']);

export const mediaKeyName = (prefix: string): string => `${prefix}/media-key`;

export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
