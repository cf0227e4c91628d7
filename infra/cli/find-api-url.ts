import { awsAddress } from '../../shared/kernel/aws-address.ts';
import { signForAws } from '../../shared/kernel/sign-for-aws.ts';
import { withoutSlashes } from '../../shared/kernel/without-slashes.ts';
import type { AwsAccount } from './aws-account.ts';
import { fetchFault } from './fetch-fault.ts';
import { type NotAsked, unreachable } from './outcome.ts';

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html (read
 * 2026-11-23)
 */
const VERSION = '2010-05-15';
const TIMEOUT_MS = 15_000;

/**
 * The address a deployed stack prints as `ApiUrl`, or the sentence that says why it is not known.
 */
export async function findApiUrl(
  { region, credentials }: AwsAccount,
  { stack, endpoint }: { stack: string; endpoint: string | undefined },
): Promise<string | NotAsked> {
  const url = `${endpoint ?? awsAddress('cloudformation', region)}/`;
  const request = {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams({
      Action: 'DescribeStacks',
      Version: VERSION,
      StackName: stack,
    }).toString(),
  };
  const headers = await signForAws(request, { service: 'cloudformation', region, credentials });
  let status: number;
  let xml: string;
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await fetch(url, { ...request, headers, redirect: 'manual', signal });
    status = answer.status;
    xml = await answer.text();
  } catch (error) {
    return unreachable(
      `CloudFormation does not answer at ${url} (${fetchFault(error)}). Check --region, or give the address itself: --url.`,
    );
  }
  const apiUrl = status === 200 ? outputIn(xml, 'ApiUrl') : null;
  if (apiUrl) return withoutSlashes(apiUrl);
  if (status === 200) return unreachable(`The stack ${stack} has no output ApiUrl: is it ours?`);
  const said = textOf(xml, 'Message') ?? `HTTP ${status}`;
  return unreachable(
    `The stack ${stack} was not found in ${region}. CloudFormation says: ${said}. Name it with --stack, --region or --profile, or give the address itself: --url.`,
  );
}

function outputIn(xml: string, name: string): string | null {
  const members = xml.split('<member>').map((rest) => rest.slice(0, rest.indexOf('</member>')));
  const output = members.find((member) => textOf(member, 'OutputKey') === name);
  return output ? textOf(output, 'OutputValue') : null;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The text of an element that holds nothing but text. */
function textOf(xml: string, name: string): string | null {
  const begin = xml.indexOf(`<${name}>`);
  if (begin < 0) return null;
  const text = xml.slice(begin + name.length + 2, xml.indexOf(`</${name}>`, begin));
  return text.replace(/&(\w{1,8});/g, (entity, word: string) => ENTITIES[word] ?? entity);
}
