import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ChannelAnswer } from '../../../shared/contract/channel-answer.ts';
import { Failure } from '../../../shared/kernel/failure.ts';
import type { LocalAws } from '../aws/start-aws.ts';
import { agentSecretOf } from './agent-secret.ts';

/** The channel that `npm start` has ready. */
export interface DemoChannel {
  channelId: string;
  apiKey: string;
  /** Its 360dialog API key, an invented one. */
  token: string;
  /** As it was at the start: `agentSecretOf` knows the newest. */
  agentSecret: string;
  agentUrl: string;
}

export interface DemoPlace {
  /** The runtime's address. */
  url: string;
  aws: Pick<LocalAws, 'endpoints' | 'tableName'>;
  providerUrl: string;
  /** The agent that is to answer in it; null: the one it has, at first the demo agent. */
  agentUrl: string | null;
  demoAgentUrl: string;
  /** The file it is kept in; with null it is gone when the process ends. */
  file: string | null;
}

/**
 * Creates the demo channel through the admin endpoints, or finds it again and wires it to this agent.
 * Throws `Failure` when the endpoint refuses. At another address it is another channel: the old one
 * points to the old port.
 */
export async function demoChannel(place: DemoPlace): Promise<DemoChannel> {
  const { url, file } = place;
  const kept: Kept = file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const known = kept[url];
  const found = known && (await find(place, known.channelId));
  const demo = known && found ? await rewired(place, known, found) : await created(place);
  if (file) {
    mkdirSync(dirname(file), { recursive: true });
    const { agentSecret: _, agentUrl: __, ...lasting } = demo;
    writeFileSync(file, JSON.stringify({ ...kept, [url]: lasting }), { mode: 0o600 });
  }
  return demo;
}

/** By the runtime's address, what never changes: secret and agent may be changed while it runs. */
type Kept = Record<string, Pick<DemoChannel, 'channelId' | 'apiKey' | 'token'>>;

async function created(place: DemoPlace): Promise<DemoChannel> {
  const agentUrl = place.agentUrl ?? place.demoAgentUrl;
  const token = `demo-${randomBytes(8).toString('hex')}`;
  const {
    channel,
    api_key = '',
    agent_secret = '',
  } = await ask(place, 'POST', '', {
    type: 'messaging',
    connector: 'dialog360',
    title: 'Demo',
    token,
    base_url: place.providerUrl,
    agent: { kind: 'http', url: agentUrl },
    active: true,
  });
  return { channelId: channel.id, apiKey: api_key, token, agentSecret: agent_secret, agentUrl };
}

async function rewired(
  place: DemoPlace,
  known: Kept[string],
  { channel }: ChannelAnswer,
): Promise<DemoChannel> {
  const path = `/${known.channelId}`;
  const agentUrl = place.agentUrl ?? channel.agent.url ?? '';
  if (place.agentUrl !== null && channel.agent.url !== agentUrl) {
    await ask(place, 'PATCH', path, { agent: { kind: 'http', url: agentUrl } });
  }
  const agentSecret = (await agentSecretOf(place.aws, known.channelId)) ?? '';
  return { ...known, agentSecret, agentUrl };
}

/** Null: the operator has deleted it. */
async function find({ url }: DemoPlace, channelId: string): Promise<ChannelAnswer | null> {
  const answer = await fetch(`${url}/admin/channels/${channelId}`);
  return answer.status === 200 ? ((await answer.json()) as ChannelAnswer) : null;
}

async function ask(
  { url }: DemoPlace,
  method: 'POST' | 'PATCH',
  path: string,
  body: object = {},
): Promise<ChannelAnswer> {
  const answer = await fetch(`${url}/admin/channels${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (answer.ok) return JSON.parse(text) as ChannelAnswer;
  const detail = `The demo channel could not be made ready: ${answer.status} ${text}`;
  throw new Failure('unavailable', { detail });
}

/** What `check` finds about its agent, in words; null: the agent is ready. */
export async function agentTrouble(
  url: string,
  { channelId }: DemoChannel,
): Promise<string | null> {
  const answer = await fetch(`${url}/admin/channels/${channelId}/check`, { method: 'POST' });
  if (!answer.ok) return `It could not be asked whether it is ready: HTTP ${answer.status}.`;
  const { findings = [] } = (await answer.json()) as ChannelAnswer;
  const found = findings.find(({ code, level }) => code.startsWith('agent-') && level !== 'ok');
  return found ? `${found.title}. ${found.detail} ${found.cure ?? ''}`.trim() : null;
}
