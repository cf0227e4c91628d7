import type { Node } from 'constructs';
import { LEAST_CONCURRENCY } from '../concurrency.ts';

/** The one method of a construct tree that is used here. */
type Context = Pick<Node, 'tryGetContext'>;

/**
 * What an operator may choose, in cdk.context.json. `npx cdk deploy -c name=value` does it too, until the next deployment
 * without it.
 */
export interface Settings {
  stackName: string;
  /** How many functions of the stack may run at once, all together. A new account may run only ten. */
  concurrency: number;
  /** How many calls a second the webhook takes; the other endpoints take less (infra/throttle.ts). */
  throttle: number;
  /**
   * A name of your own for the endpoints, with its certificate in the stack's region. `alone`: the address that
   * AWS gives is closed, which is a step of its own, once no channel is registered there.
   */
  domain: { name: string; certificateArn: string; alone: boolean } | null;
  /** The address that gets a mail when an alarm rings. */
  alarmEmail: string | null;
  /** The AgentCore runtimes that channels' agents may be: the worker, and the check that asks a question, may invoke these and no others. */
  agentCoreRuntimes: string[];
}

/** Reads the settings once. Throws a sentence that names the one that is wrong. */
export function readSettings(node: Context): Settings {
  if (word(node, 'maxConcurrency') !== null) {
    throw new Error('maxConcurrency is now concurrency: how many functions may run at once in all');
  }
  return {
    stackName: word(node, 'stackName') ?? 'dialog360-channel',
    concurrency: whole(node, 'concurrency', { from: LEAST_CONCURRENCY, to: 10_000, otherwise: 10 }),
    throttle: whole(node, 'throttle', { from: 10, to: 10_000, otherwise: 200 }),
    domain: domain({
      name: word(node, 'domainName'),
      certificateArn: word(node, 'certificateArn'),
      closeDefaultAddress: word(node, 'closeDefaultAddress'),
    }),
    alarmEmail: word(node, 'alarmEmail'),
    agentCoreRuntimes: runtimes(word(node, 'agentCoreRuntimes')),
  };
}

/** A setting as text: the command line gives strings, cdk.json may give numbers. */
function word(node: Context, name: string): string | null {
  const value: unknown = node.tryGetContext(name);
  return value === undefined || value === null || value === '' ? null : String(value);
}

function whole(
  node: Context,
  name: string,
  { from, to, otherwise }: { from: number; to: number; otherwise: number },
): number {
  const value = word(node, name);
  const wanted = Number(value ?? otherwise);
  if (Number.isInteger(wanted) && wanted >= from && wanted <= to) return wanted;
  throw new Error(`${name} must be a whole number from ${from} to ${to}, not "${value}"`);
}

const RUNTIME = /^arn:aws[a-z-]*:bedrock-agentcore:[a-z0-9-]+:[0-9]{12}:runtime\/[A-Za-z0-9_-]+$/;

function runtimes(list: string | null): string[] {
  const arns = (list ?? '').split(',').flatMap((arn) => arn.trim() || []);
  const wrong = arns.find((arn) => !RUNTIME.test(arn));
  if (wrong === undefined) return arns;
  throw new Error(
    `agentCoreRuntimes must be ARNs of runtimes with commas between, and "${wrong}" is none`,
  );
}

interface DomainWords {
  name: string | null;
  certificateArn: string | null;
  closeDefaultAddress: string | null;
}

function domain({ name, certificateArn, closeDefaultAddress }: DomainWords): Settings['domain'] {
  const alone = closeDefaultAddress ?? 'false';
  if (alone !== 'true' && alone !== 'false') {
    throw new Error(`closeDefaultAddress must be true or false, not "${alone}"`);
  }
  if (name && certificateArn) return { name, certificateArn, alone: alone === 'true' };
  if (alone === 'true') {
    throw new Error(
      'closeDefaultAddress needs domainName and certificateArn: nothing else is open',
    );
  }
  if (!name && !certificateArn) return null;
  throw new Error('domainName and certificateArn go together: give both or neither');
}
