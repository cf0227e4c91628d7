import { setTimeout } from 'node:timers/promises';
import { isFields } from '../../../shared/kernel/is-fields.ts';
import { readJson } from '../../../shared/kernel/read-json.ts';
import { askAws } from '../aws/ask-aws.ts';
import { stackLogGroups } from '../aws/stack-log-groups.ts';
import type { AwsAccount } from '../aws-account.ts';
import { isAbout, type LogFound, type LogLine, type LogQuestion, readLogLine } from './log-line.ts';

export interface CloudLog {
  stack: string;
  endpoints: { cloudformation: string | undefined; logs: string | undefined };
  /** How often the answer is looked for. */
  lookEveryMs: number;
}

/** Longer than a query over a month of a busy stack takes. */
const PATIENCE_MS = 120_000;
/** As many lines as an answer may have. */
const MOST_LINES = 10_000;
/** More ids make the question longer than CloudWatch takes. */
const MOST_IDS = 100;

/**
 * What the functions of a stack wrote of these stories, by a query of CloudWatch Logs Insights over the log groups
 * that the stack has: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html
 * (read 2026-11-30). Never throws: what could not be read is a sentence.
 */
export async function readCloudLog(
  account: AwsAccount,
  { stack, endpoints, lookEveryMs }: CloudLog,
  question: LogQuestion,
): Promise<LogFound> {
  const missing = (fault: string): LogFound => ({
    lines: [],
    missing: [`The log cannot be read: ${fault}.`],
  });
  const groups = await stackLogGroups(account, { stack, endpoint: endpoints.cloudformation });
  if ('fault' in groups) return missing(groups.fault);
  if (groups.size === 0) return missing(`the stack ${stack} has no log groups of ours`);
  const ask = async (action: string, body: object) => {
    const answer = await askAws(account, {
      service: 'logs',
      endpoint: endpoints.logs,
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `Logs_20140328.${action}`,
      },
      body: JSON.stringify(body),
    });
    if ('fault' in answer) return answer;
    const json = fieldsIn(answer.text);
    if (answer.status === 200 && json) return { json };
    const said = json?.message ?? json?.Message ?? json?.__type ?? `HTTP ${answer.status}`;
    return { fault: `CloudWatch Logs says to ${action}: ${String(said)}` };
  };

  const ids = question.ids.slice(0, MOST_IDS);
  const started = await ask('StartQuery', {
    logGroupNames: [...groups.keys()],
    startTime: Math.floor(question.from / 1_000),
    endTime: Math.ceil(question.until / 1_000),
    queryString: `fields @timestamp, @message, @log | filter @message like /${ids.join('|')}/ | sort @timestamp asc | limit ${MOST_LINES}`,
    limit: MOST_LINES,
  });
  if ('fault' in started) return missing(started.fault);
  const { queryId } = started.json;
  const endsAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask('GetQueryResults', { queryId });
    if ('fault' in answer) return missing(answer.fault);
    const { status, results } = answer.json as { status: string; results?: Field[][] };
    if (status === 'Complete') {
      const rows = results ?? [];
      return {
        lines: linesIn(rows, groups, ids),
        missing: cutOff(question.ids.length, rows.length),
      };
    }
    if (status !== 'Running' && status !== 'Scheduled') return missing(`the query ended ${status}`);
    if (Date.now() > endsAt) return missing('the query takes longer than two minutes');
    await setTimeout(lookEveryMs);
  }
}

/** What an answer leaves out because the question or the answer would be too long. */
const cutOff = (ids: number, lines: number): string[] => [
  ...(ids > MOST_IDS ? [`The log was asked about ${MOST_IDS} of ${ids} ids only.`] : []),
  ...(lines >= MOST_LINES
    ? [`The log has more than ${MOST_LINES} lines of it; the newest are left out.`]
    : []),
];

interface Field {
  field: string;
  value: string;
}

function linesIn(results: Field[][], groups: Map<string, string>, ids: string[]): LogLine[] {
  return results.flatMap((row) => {
    const textOf = (name: string) => row.find(({ field }) => field === name)?.value ?? '';
    // `<account>:<log group>`
    const log = textOf('@log');
    const room = groups.get(log.slice(log.indexOf(':') + 1)) ?? log;
    const entry = fieldsIn(textOf('@message'));
    const line = entry && readLogLine(entry, room);
    return line && isAbout(line, ids) ? [line] : [];
  });
}

function fieldsIn(text: string): Record<string, unknown> | null {
  const json = readJson(text);
  return isFields(json) ? json : null;
}
