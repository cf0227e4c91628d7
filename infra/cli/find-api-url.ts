import { withoutSlashes } from '../../shared/kernel/without-slashes.ts';
import { askAws } from './aws/ask-aws.ts';
import { xmlMembers, xmlText } from './aws/xml-text.ts';
import type { AwsAccount } from './aws-account.ts';
import { type NotAsked, unreachable } from './outcome.ts';

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html (read
 * 2026-11-23)
 */
const VERSION = '2010-05-15';

/**
 * The address a deployed stack prints as `ApiUrl`, or the sentence that says why it is not known.
 */
export async function findApiUrl(
  account: AwsAccount,
  { stack, endpoint }: { stack: string; endpoint: string | undefined },
): Promise<string | NotAsked> {
  const answer = await askAws(account, {
    service: 'cloudformation',
    endpoint,
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams({
      Action: 'DescribeStacks',
      Version: VERSION,
      StackName: stack,
    }).toString(),
  });
  if ('fault' in answer) {
    const { fault } = answer;
    return unreachable(
      `CloudFormation: ${fault}. Check --region, or give the address itself: --url.`,
    );
  }
  const { status, text: xml } = answer;
  const apiUrl = status === 200 ? outputIn(xml, 'ApiUrl') : null;
  if (apiUrl) return withoutSlashes(apiUrl);
  if (status === 200) return unreachable(`The stack ${stack} has no output ApiUrl: is it ours?`);
  const said = xmlText(xml, 'Message') ?? `HTTP ${status}`;
  return unreachable(
    `The stack ${stack} was not found in ${account.region}. CloudFormation says: ${said}. Name it with --stack, --region or --profile, or give the address itself: --url.`,
  );
}

function outputIn(xml: string, name: string): string | null {
  const output = xmlMembers(xml).find((member) => xmlText(member, 'OutputKey') === name);
  return output ? xmlText(output, 'OutputValue') : null;
}
