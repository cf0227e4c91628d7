import { readReply } from '../../../shared/contract/reply.ts';
import { entryAt } from '../../../shared/rules/delivery/entry-at.ts';
import { hasGone } from '../../../shared/rules/delivery/has-gone.ts';
import { saidInParts } from '../../../shared/whatsapp/outbound/entry-of-reply.ts';
import { saidInBody } from '../../../shared/whatsapp/outbound/said-in-body.ts';
import { keepSaid } from '../../chain/keep-said.ts';
import { renderedPart } from '../part/send-part.ts';
import type { Sending } from '../sending.ts';
import { listTemplates } from './list-templates.ts';

/** Less than an invocation has left once everything has gone. */
const LIST_TIMEOUT_MS = 2_000;

/**
 * PROTOCOLS 29.3: what has gone of a reply is kept for the agent's memory, where the channel has one. What was
 * refused or failed is not in it.
 */
export async function keepReplySaid(sending: Sending): Promise<void> {
  const { visit, job, plan, delivery } = sending;
  const { channel, chat, deps } = visit;
  if (channel.options.history_turns === 0) return;
  const { state } = delivery;
  const gone = Object.entries(state.parts).flatMap(([index, part]) => {
    const body = hasGone(part) && renderedPart(plan, Number(index), part.as)?.body;
    return body ? [body] : [];
  });
  const read = gone.length > 0 ? readReply(job.reply) : null;
  if (!read?.ok) return;
  const isTemplate = gone.some(({ type }) => type === 'template');
  const listed = isTemplate ? await listTemplates(visit, LIST_TIMEOUT_MS) : [];
  const templates = Array.isArray(listed) ? listed : [];
  const said = saidInParts(
    read.reply,
    gone.map((body) => saidInBody(body, templates)),
  );
  const { reply_id, event_id, turn_id } = state;
  await keepSaid(deps.table, channel, {
    chatId: chat.id,
    ...entryAt(state),
    entry: {
      ...said,
      turn_id: event_id ?? turn_id,
      ...(event_id !== null && { event_id }),
      reply_id,
    },
  });
}
