import type { Channel } from '../../contract/channel.ts';
import type { Chat } from '../../contract/chat.ts';
import type { KeptEntry } from '../../contract/history.ts';
import type { Reply } from '../../contract/reply.ts';
import { renderReply } from './render-reply.ts';
import { saidInBody } from './said-in-body.ts';

type Said = Pick<KeptEntry, 'from' | 'kind' | 'text'>;

/** A reply as a history tells it before it has gone; null: it says nothing, or will not go. */
export function entryOfReply(
  reply: Reply,
  { hosting, options }: Pick<Channel, 'hosting' | 'options'>,
  { replyId, to }: { replyId: string; to: Pick<Chat, 'phone' | 'bsuid'> },
): Said | null {
  const rendering = renderReply(reply, {
    to: { phone: to.phone, bsuid: to.bsuid },
    dialect: hosting === 'on-premise' ? 'v1' : 'v2',
    choices: options.choices,
    replyId,
  });
  if (rendering.kind !== 'parts') return null;
  return saidInParts(
    reply,
    rendering.parts.map(({ body }) => saidInBody(body)),
  );
}

/** The words of a reply's parts, as one entry. */
export const saidInParts = (reply: Reply, words: string[]): Said => ({
  from: 'agent',
  kind: reply.type === 'attachment' ? reply.kind : reply.type,
  text: words.filter((one) => one !== '').join('\n'),
});
