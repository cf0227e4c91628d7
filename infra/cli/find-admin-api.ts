import { isLoopbackHost } from '../../shared/kernel/addresses.ts';
import { withoutSlashes } from '../../shared/kernel/without-slashes.ts';
import type { AdminApi } from './ask-admin-api.ts';
import type { Options, Terminal, Values } from './command.ts';
import { type NotAsked, wrongUsage } from './outcome.ts';

/** Where the admin endpoints are: options every command has. */
export const PLACE = {
  local: { type: 'boolean', says: 'the runtime of this machine (npm start)' },
  port: { type: 'string', value: 'N', says: 'its port, 3000 by default' },
  stack: {
    type: 'string',
    value: 'NAME',
    says: 'the deployed stack, dialog360-channel by default',
  },
  region: { type: 'string', value: 'NAME', says: 'its AWS region, else that of your AWS settings' },
  profile: { type: 'string', value: 'NAME', says: 'whose AWS credentials, else the usual ones' },
  url: {
    type: 'string',
    value: 'URL',
    says: 'the endpoint’s address, instead of asking the stack',
  },
} as const satisfies Options;

/** The default of the setting `stackName` (infra/stack/settings.ts). */
export const STACK = 'dialog360-channel';

const CLOUD_CURE = 'Check the address and your network.';

/** Finds the admin endpoints that the options mean, and the way to sign calls of them. */
export async function findAdminApi(
  values: Values<typeof PLACE>,
  env: Terminal['env'],
): Promise<AdminApi | NotAsked> {
  const { port, stack, region, profile, url } = values;
  const cloud = { stack, region, profile, url };
  const here = localUrl(values);
  if (here !== null) {
    const [other] = Object.entries(cloud).find(([, value]) => value !== undefined) ?? [];
    if (other) return wrongUsage(`--${other} is for the deployed stack, not for --local`);
    if (port !== undefined && !/^\d{1,5}$/.test(port)) return wrongUsage('--port must be a number');
    return localApi(here);
  }
  const address = addressIn(values);
  if (typeof address === 'object') return address;
  return cloudApi({ address, region, profile, stack: stack ?? STACK }, env);
}

/**
 * Finds the endpoints that a channel’s API key opens. They want no signature, so with --url no AWS account is
 * looked for.
 */
export async function findChannelApi(
  values: Values<typeof PLACE>,
  env: Terminal['env'],
  apiKey: string,
): Promise<AdminApi | NotAsked> {
  const address = localUrl(values) === null ? addressIn(values) : undefined;
  if (typeof address === 'object') return address;
  const api =
    address === undefined
      ? await findAdminApi(values, env)
      : { url: address, cure: CLOUD_CURE, place: { name: new URL(address).host, region: '' } };
  if ('kind' in api) return api;
  return {
    ...api,
    headersFor: async ({ headers }) => ({ ...headers, authorization: `Bearer ${apiKey}` }),
  };
}

/** The address that --url gives, if it does. */
function addressIn({ url }: Values<typeof PLACE>): string | undefined | NotAsked {
  const address = url === undefined ? undefined : withoutSlashes(url);
  if (address === undefined || isUsable(address)) return address;
  return wrongUsage('--url must be an https address (http only to this machine)');
}

/** The address of the local runtime, if the options mean it; else null. */
export const localUrl = ({ local, port }: Values<typeof PLACE>): string | null =>
  local || port !== undefined ? `http://localhost:${port ?? '3000'}` : null;

/** The options that mean this place, as they are typed. */
export const placeWords = (values: Values<typeof PLACE>): string[] =>
  (Object.keys(PLACE) as (keyof typeof PLACE)[]).flatMap((name) => {
    const value = values[name];
    if (typeof value === 'string') return [`--${name}`, value];
    return value ? [`--${name}`] : [];
  });

const localApi = (url: string): AdminApi => ({
  url,
  headersFor: async ({ headers }) => headers,
  place: { name: url.replace(/^http:\/\//, ''), region: '' },
  cure: 'Start the local runtime with npm start, or say where it is with --port.',
});

async function cloudApi(
  wanted: {
    address: string | undefined;
    region: string | undefined;
    profile: string | undefined;
    stack: string;
  },
  env: Terminal['env'],
): Promise<AdminApi | NotAsked> {
  const { address, profile, stack } = wanted;
  // Loaded only here: the AWS libraries take a while to load, and `--local` needs none of them.
  const [{ openAwsAccount }, { findApiUrl }, { signForAws }] = await Promise.all([
    import('./aws-account.ts'),
    import('./find-api-url.ts'),
    import('../../shared/kernel/sign-for-aws.ts'),
  ]);
  const region = wanted.region ?? regionIn(address);
  const account = await openAwsAccount({ region, profile });
  if ('kind' in account) return account;
  const endpoint = env.AWS_ENDPOINT_URL_CLOUDFORMATION ?? env.AWS_ENDPOINT_URL;
  const url = address ?? (await findApiUrl(account, { stack, endpoint }));
  if (typeof url !== 'string') return url;
  return {
    url,
    headersFor: async (request) => {
      const credentials = await account.renewed();
      return signForAws(request, { service: 'execute-api', region: account.region, credentials });
    },
    cure: CLOUD_CURE,
    place: { name: address === undefined ? stack : new URL(address).host, region: account.region },
  };
}

/** API Gateway's own addresses name their region, which the signature must name too. */
export const regionIn = (address: string | undefined): string | undefined =>
  address?.match(/^https:\/\/\w+\.execute-api\.([\w-]+)\.amazonaws\.com/)?.[1];

function isUsable(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname));
}
