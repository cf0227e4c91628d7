import type { Terminal, Values } from '../command.ts';
import { localUrl, type PLACE, regionIn, STACK } from '../find-admin-api.ts';
import type { LogFound, LogQuestion } from './log-line.ts';
import { readLocalLog } from './read-local-log.ts';

/** Reads the log of the place that the options mean: of the local runtime, or of the functions of a stack. */
export async function readLog(
  values: Values<typeof PLACE>,
  env: Terminal['env'],
  question: LogQuestion,
): Promise<LogFound> {
  const here = localUrl(values);
  if (here !== null) return readLocalLog(here, question);
  const [{ openAwsAccount }, { readCloudLog }] = await Promise.all([
    import('../aws-account.ts'),
    import('./read-cloud-log.ts'),
  ]);
  const { profile } = values;
  const account = await openAwsAccount({ region: values.region ?? regionIn(values.url), profile });
  if ('kind' in account) return { lines: [], missing: [sentenceOf(account)] };
  const endpoint = (name: string) => env[`AWS_ENDPOINT_URL_${name}`] ?? env.AWS_ENDPOINT_URL;
  const endpoints = {
    cloudformation: endpoint('CLOUDFORMATION'),
    logs: endpoint('CLOUDWATCH_LOGS'),
  };
  const log = { stack: values.stack ?? STACK, endpoints, lookEveryMs: 1_000 };
  return readCloudLog(account, log, question);
}

const sentenceOf = ({ sentence }: { sentence: string }): string =>
  `The log cannot be read. ${sentence}`;
