import { FUNCTIONS } from '../../functions.ts';
import type { AwsAccount } from '../aws-account.ts';
import { askAws } from './ask-aws.ts';
import { xmlMembers, xmlText } from './xml-text.ts';

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackResources.html (read
 * 2026-11-30)
 */
const VERSION = '2010-05-15';

/** Far more pages than the stack has resources. */
const MOST_PAGES = 20;

/** By the name of the log group: the function whose log it is. Or a sentence that says why it is not known. */
export async function stackLogGroups(
  account: AwsAccount,
  { stack, endpoint }: { stack: string; endpoint: string | undefined },
): Promise<Map<string, string> | { fault: string }> {
  const groups = new Map<string, string>();
  let next: string | null = '';
  for (let page = 0; next !== null && page < MOST_PAGES; page++) {
    const body = new URLSearchParams({
      Action: 'ListStackResources',
      Version: VERSION,
      StackName: stack,
      ...(next && { NextToken: next }),
    }).toString();
    const answer = await askAws(account, {
      service: 'cloudformation',
      endpoint,
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body,
    });
    if ('fault' in answer) return answer;
    const { status, text } = answer;
    if (status !== 200) {
      const said = xmlText(text, 'Message') ?? `HTTP ${status}`;
      return { fault: `CloudFormation does not list what the stack ${stack} has: ${said}` };
    }
    for (const member of xmlMembers(text)) {
      if (xmlText(member, 'ResourceType') !== 'AWS::Logs::LogGroup') continue;
      const group = xmlText(member, 'PhysicalResourceId');
      const id = xmlText(member, 'LogicalResourceId') ?? '';
      const name = Object.keys(FUNCTIONS).find((one) => id.startsWith(`${one}log`));
      if (group && name) groups.set(group, name);
    }
    next = xmlText(text, 'NextToken');
  }
  return groups;
}
