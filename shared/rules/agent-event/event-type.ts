import type { Content } from '../../contract/message.ts';

/**
 * The event a message becomes (docs/contract.md#event-types). Of a `message_update` the agent is only
 * told; it is asked for an answer to the others.
 */
export function eventTypeOf(kind: Content['kind']): 'message' | 'unsupported' | 'message_update' {
  if (kind === 'unsupported') return 'unsupported';
  return kind === 'reaction' || kind === 'edit' || kind === 'revoke' ? 'message_update' : 'message';
}
