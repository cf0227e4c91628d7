import * as z from 'zod/mini';

/** A chat as the endpoints show it: docs/contract.md#chats. Times are ISO 8601. */
export const chatViewSchema = z.object({
  chat_id: z.string(),
  /** Frozen when the chat was created. */
  channel_chat_id: z.string(),
  identity: z.object({
    phone: z.nullable(z.string()),
    bsuid: z.nullable(z.string()),
    username: z.nullable(z.string()),
  }),
  /** The whole profile name, as last seen; '' while none is known. */
  name: z.string(),
  created_at: z.string(),
  /** Null: the visitor never wrote, and only templates may go. */
  last_inbound_at: z.nullable(z.string()),
  window: z.object({ open: z.boolean(), until: z.nullable(z.string()) }),
  dialog: z.enum(['open', 'closed']),
  /** Null: the agent is not paused. */
  paused_until: z.nullable(z.string()),
  /** `meta`: Meta's own agent has the conversation, so the agent is paused until that is over; null: it has not. */
  held_by: z.nullable(z.literal('meta')),
  /** How many replies wait for the window to open. */
  parked: z.number(),
  /** What the visitor wants no more of: everything but answers, or marketing; null: neither. */
  opted_out: z.nullable(z.enum(['everything', 'marketing'])),
});
export type ChatView = z.infer<typeof chatViewSchema>;
