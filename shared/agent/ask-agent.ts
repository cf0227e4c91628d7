// The door to agents of every kind: one turn, one answer in our own words.
import { MAX_ANSWER_BYTES } from '../contract/agent-answer.ts';
import type { AgentKind } from '../contract/agent-kind.ts';
import type { Channel } from '../contract/channel.ts';
import type { AgentSession } from '../contract/chat.ts';
import { hashOf } from '../kernel/hash.ts';
import { hasFailed } from '../kernel/http.ts';
import { type AgentCall, askHttpAgent } from './http-agent.ts';
import { inlinePictures } from './inline-pictures.ts';
import { kindOf } from './kind-of.ts';
import { type AwsKeys, sendRequest } from './kind-request.ts';
import { type AgentReply, readSilence } from './wire/answer.ts';
import type { Kind, KindEnd, KindTurn } from './wire/kind.ts';
import { readMarkers } from './wire/read-markers.ts';

export interface TurnCall extends AgentCall {
  /** What was kept for the agent after an earlier turn of the chat. */
  session: AgentSession | null;
  /** The function's own keys, for agents that AWS hosts. */
  awsKeys: AwsKeys;
}

/** `failed`: the agent did not answer, could not be reached, or answered 5xx. */
type Asked = { reply: AgentReply; failed: boolean };

/** A session is the agent's own words, which are kept in the chat's row. */
const LONGEST_SESSION = 4_096;

/**
 * Asks the channel's agent about an event, in the way of its kind, and reads its answer. Never throws:
 * whatever the agent does is one of the outcomes.
 */
export async function askAgent(call: TurnCall): Promise<Asked> {
  const { agent } = call.channel;
  const { kind } = agent;
  const asked = kind === 'http' ? await askHttpAgent(call) : await askByKind(call, kind);
  return { ...asked, reply: withoutEndedSession(readMarkers(asked.reply, agent), call.session) };
}

async function askByKind(call: TurnCall, name: Exclude<AgentKind, 'http'>): Promise<Asked> {
  const { channel, event, secrets } = call;
  // They are told of no notification's result: none of them could know what it is.
  if (!('message' in event || 'request' in event)) {
    return { reply: { kind: 'answered', answer: { replies: [], dialog: 'open' } }, failed: false };
  }
  const of = nameOf(channel.agent);
  const kind = kindOf(name);
  const deadline = performance.now() + channel.agent.timeout_ms;
  const kept = call.session?.of === of ? call.session.value : null;
  const turn: KindTurn = {
    event,
    settings: channel.agent,
    url: channel.agent.url,
    apiKey: secrets.agent_api_key ?? null,
    session: kept,
    inlined: kind.seesPictures
      ? await inlinePictures(event, call, deadline - performance.now())
      : new Map(),
  };
  const { reply, session, failed } = await converse(kind.converse(turn), call, deadline);
  if (reply.kind !== 'answered' || session === undefined) return { reply, failed };
  return { reply: { ...reply, ...keptSession(session, kept, of) }, failed };
}

/** Sends what the kind wants sent, until the turn has its end or its time is up. */
async function converse(
  talk: ReturnType<Kind['converse']>,
  call: TurnCall,
  deadline: number,
): Promise<KindEnd & { failed: boolean }> {
  let step = talk.next();
  let failed = false;
  while (!step.done) {
    const outcome = await sendRequest(step.value, {
      ...call,
      eventId: call.event.event.id,
      maxBytes: MAX_ANSWER_BYTES,
      timeoutMs: deadline - performance.now(),
    });
    failed = hasFailed(outcome);
    if (outcome.kind !== 'answered') return { reply: readSilence(outcome), failed };
    step = talk.next(outcome);
  }
  return { ...step.value, failed };
}

/** Nothing is written where nothing changed. */
function keptSession(
  session: unknown,
  kept: unknown,
  of: string,
): { session?: AgentSession | null } {
  const json = JSON.stringify(session);
  if (json === JSON.stringify(kept)) return {};
  if (session === null || json.length > LONGEST_SESSION) return { session: null };
  return { session: { of, value: session } };
}

/** A dialog that ends takes what was kept for it along. */
function withoutEndedSession(reply: AgentReply, kept: AgentSession | null): AgentReply {
  if (reply.kind !== 'answered' || reply.answer.dialog === 'open') return reply;
  const { session: _, ...ended } = reply;
  return kept === null ? ended : { ...ended, session: null };
}

/** What was kept for one agent means nothing to another. */
const nameOf = ({ kind, url, assistant_id, runtime_arn }: Channel['agent']): string =>
  hashOf(kind, url ?? '', assistant_id ?? '', runtime_arn ?? '');
