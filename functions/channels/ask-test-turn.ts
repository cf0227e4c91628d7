import { askAgent } from '../../shared/agent/ask-agent.ts';
import type { AgentReply } from '../../shared/agent/wire/answer.ts';
import type { Channel } from '../../shared/contract/channel.ts';
import type { AskedAgent } from '../../shared/contract/channel-answer.ts';
import { MAX_REPLIES, readReply } from '../../shared/contract/reply.ts';
import { log } from '../../shared/kernel/log.ts';
import { testTurn } from '../../shared/rules/agent-event/test-turn.ts';
import { saidInParts } from '../../shared/whatsapp/outbound/entry-of-reply.ts';
import { renderReply } from '../../shared/whatsapp/outbound/render-reply.ts';
import { saidInBody } from '../../shared/whatsapp/outbound/said-in-body.ts';
import type { ChannelsDeps } from './deps.ts';
import type { LoadedChannel } from './load-channel.ts';
import { newId } from './new-id.ts';

/**
 * Asks the agent one real question, in the way of its kind, as a turn that leaves nothing in any chat
 * (docs/contract.md#a-test-turn). It is asked once. Never throws.
 */
export async function askTestTurn(
  deps: ChannelsDeps,
  { channel, secrets }: LoadedChannel,
  text: string,
): Promise<AskedAgent> {
  const startedAt = deps.now();
  const timeoutMs = Math.min(channel.agent.timeout_ms, deps.timeLimits.askMs);
  const { reply } = await askAgent({
    channel: { agent: { ...channel.agent, timeout_ms: timeoutMs } },
    secrets,
    event: testTurn({
      channel,
      text,
      eventId: newId('evt', deps),
      chatId: deps.random(20).toString('hex'),
      now: startedAt,
    }),
    reach: deps.reach,
    now: startedAt,
    session: null,
    awsKeys: deps.awsKeys,
  });
  const tookMs = Math.round(deps.now() - startedAt);
  const asked = { text, ...outcomeOf(reply, channel, timeoutMs), took_ms: tookMs };
  const { outcome, code } = asked;
  log.info('agent-tested', { channel_id: channel.id, outcome, code, took_ms: tookMs });
  return asked;
}

type Outcome = Omit<AskedAgent, 'text' | 'took_ms'>;

const NOTHING = { replies: [], dialog: null, code: null, reason: null };

function outcomeOf(reply: AgentReply, channel: Channel, timeoutMs: number): Outcome {
  switch (reply.kind) {
    case 'answered': {
      const { replies, dialog } = reply.answer;
      const odd = reply.odd ? { code: 'agent-answer-odd', reason: reply.odd } : null;
      const shown = replies.map((said, at) => showReply(said, at, channel));
      return { ...NOTHING, outcome: 'answered', replies: shown, dialog, ...odd };
    }
    case 'later':
      return { ...NOTHING, outcome: 'later' };
    case 'timeout': {
      const cut = timeoutMs < channel.agent.timeout_ms;
      const reason = `No answer within ${timeoutMs} ms${cut ? `, the longest that a check waits; a turn waits ${channel.agent.timeout_ms} ms` : ''}.`;
      return { ...NOTHING, outcome: 'failed', code: 'agent-timeout', reason };
    }
    case 'unavailable':
      return { ...NOTHING, outcome: 'failed', code: 'agent-unavailable', reason: reply.reason };
    case 'refused':
      return { ...NOTHING, outcome: 'failed', code: reply.code, reason: reply.reason };
  }
}

/** A reply in words, as far as it can be judged without a visitor. */
function showReply(
  said: unknown,
  at: number,
  { hosting, options }: Channel,
): AskedAgent['replies'][number] {
  const read = readReply(said);
  if (!read.ok) return { kind: 'unreadable', text: '', refused: `${read.code}: ${read.reason}` };
  const { reply } = read;
  if (at >= MAX_REPLIES) {
    const refused = `too-many-replies: An answer holds at most ${MAX_REPLIES} replies.`;
    return { kind: reply.type, text: '', refused };
  }
  const rendering = renderReply(reply, {
    to: { phone: '0', bsuid: null },
    dialect: hosting === 'on-premise' ? 'v1' : 'v2',
    choices: options.choices,
    replyId: '',
  });
  if (rendering.kind === 'pause') {
    return { kind: 'pause', text: `${rendering.seconds} seconds`, refused: null };
  }
  if (rendering.kind === 'refused') {
    return { kind: reply.type, text: '', refused: `${rendering.code}: ${rendering.reason}` };
  }
  const { kind, text } = saidInParts(
    reply,
    rendering.parts.map(({ body }) => saidInBody(body)),
  );
  const address = 'url' in reply && reply.type !== 'link_button' ? reply.url : '';
  return { kind, text: [text, address].filter(Boolean).join('\n'), refused: null };
}
