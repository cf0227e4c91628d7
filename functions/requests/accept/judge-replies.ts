import { MAX_ANSWER_BYTES } from '../../../shared/contract/agent-answer.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import { replySchema } from '../../../shared/contract/reply.ts';
import { isTooDeep, TOO_DEEP } from '../../../shared/contract/reply-depth.ts';
import { Failure, type Finding } from '../../../shared/kernel/failure.ts';
import { read } from '../../../shared/kernel/parse.ts';
import { ownId } from '../../../shared/rules/delivery/reply-jobs.ts';
import { renderReply } from '../../../shared/whatsapp/outbound/render-reply.ts';

/**
 * Judges every reply as the sender will, before any of them is accepted (docs/contract.md#messages-endpoint).
 * Throws `reply-invalid` with the path of each fault, and `payload-too-large` when the replies together
 * are larger than an answer of the agent may be. `placeOf`: where in the request a reply stands.
 */
export function judgeReplies(
  channel: Pick<Channel, 'options'>,
  replies: unknown[],
  placeOf = (index: number) => `replies.${index}`,
): void {
  if (Buffer.byteLength(JSON.stringify(replies)) > MAX_ANSWER_BYTES) {
    const detail = `The replies of one request have at most ${MAX_ANSWER_BYTES} bytes together.`;
    throw new Failure('payload-too-large', { detail });
  }
  const ids = replies.map(ownId);
  const errors = replies.flatMap((reply, index): Finding[] => {
    const path = placeOf(index);
    const id = ids[index] ?? null;
    const isRepeated = id !== null && ids.indexOf(id) < index;
    return [
      ...faultsOf(channel, reply).map((fault) => ({
        ...fault,
        path: fault.path ? `${path}.${fault.path}` : path,
      })),
      ...(isRepeated ? [{ path: `${path}.id`, detail: 'must not repeat an earlier one' }] : []),
    ];
  });
  if (errors.length > 0) {
    throw new Failure('reply-invalid', { detail: 'Nothing was accepted: see errors.', errors });
  }
}

function faultsOf({ options }: Pick<Channel, 'options'>, reply: unknown): Finding[] {
  if (isTooDeep(reply)) return [{ path: '', detail: TOO_DEEP }];
  const judged = read(replySchema, reply);
  if (!judged.ok) return judged.errors;
  // What a reply says is judged, not whom it goes to: any recipient and any id will do here.
  const rendering = renderReply(judged.value, {
    to: { phone: '0', bsuid: null },
    dialect: 'v2',
    choices: options.choices,
    replyId: 'rep',
  });
  return rendering.kind === 'refused' ? [{ path: '', detail: rendering.reason }] : [];
}
