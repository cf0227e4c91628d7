import type { DeliveryNews } from './delivery-news.ts';
import type { HistoryEntry } from './history.ts';
import type { IncomingRequest } from './incoming-request.ts';
import type { NotificationResult } from './notification.ts';

/**
 * The original platform's channel variables, under its names. A key without a question mark is
 * always there, as '' where there is no value.
 */
export interface ChannelVariables {
  channel_chat_id: string;
  channel_conversation_id: string;
  channel_visitor_id: string;
  channel_visitor_firstname: string;
  channel_visitor_lastname: string;
  channel_visitor_phone: string;
  channel_visitor_email: '';
  channel_visitor_account: string;
  channel_visitor_auth: '';
  channel_visitor_source: '';
  /** `latitude,longitude`; present only for a location. */
  channel_visitor_location?: string;
  channel_message_id?: string;
  client_message: string;
}

/** A message as the agent sees it: `kind` and what it adds (docs/contract.md#messages). */
export interface AgentMessage {
  id: string;
  kind: string;
  text: string;
  sent_at: string;
  received_at: string;
  [more: string]: unknown;
}

/** What every event carries but `ready`. */
export interface EventEnvelope {
  version: 1;
  channel: { id: string; title: string; connector: 'dialog360' };
  chat: {
    id: string;
    is_new: boolean;
    dialog: 'open' | 'closed';
    window: { open: boolean; until: string | null };
    paused_until: string | null;
    /** Only while Meta's own agent has the conversation. */
    held_by?: 'meta';
    /** Messages the agent did not see while it was paused; only when there are any. */
    missed?: number;
  };
  context: ChannelVariables;
}

export interface EventHead<T extends string> {
  id: string;
  type: T;
  at: string;
  attempt: number;
  /** The id under which our log has its whole story: docs/contract.md#one-id-for-the-whole-way. */
  trace_id: string;
  /** Only in the question of an operator's check: it is of no chat (docs/contract.md#a-test-turn). */
  is_test?: true;
}

/** What was said before, the oldest first; only where the channel keeps a history (`history_turns`). */
interface WithHistory {
  history?: HistoryEntry[];
}

/** An event whose answer the visitor may get. */
export type AskingEvent = EventEnvelope &
  WithHistory &
  (
    | {
        event: EventHead<'message' | 'unsupported' | 'message_update'>;
        message: AgentMessage;
        /** All messages of the turn in order, where there are several (`burst_ms`); `message` is the newest. */
        messages?: AgentMessage[];
      }
    | {
        event: EventHead<'incoming_request'>;
        request: Pick<IncomingRequest, 'body' | 'headers' | 'query' | 'is_urgent'>;
      }
    | {
        event: EventHead<'notification'>;
        notification: Omit<NotificationResult, 'chat_id'>;
      }
  );

/** What we post to an agent (docs/contract.md#event-types). */
export type AgentEvent =
  | AskingEvent
  | (EventEnvelope & { event: EventHead<'delivery'>; delivery: DeliveryNews })
  | (EventEnvelope & {
      event: EventHead<'handover'>;
      handover: {
        by: 'human' | 'agent' | 'meta' | 'limit';
        until?: string;
        supported?: boolean;
        code?: string;
      };
    })
  | (EventEnvelope & {
      event: EventHead<'payment'>;
      payment: {
        message_id: string;
        reply_id?: string;
        id?: string;
        status: string;
        details: Record<string, unknown>;
      };
    })
  | (EventEnvelope & {
      event: EventHead<'visitor_changed'>;
      visitor: Record<'old' | 'new', { phone: string | null; bsuid: string | null }>;
    })
  | { version: 1; event: EventHead<'ready'> };
