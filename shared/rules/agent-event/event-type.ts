import type { Content } from '../../contract/message.ts';

/** The event a message becomes: docs/contract.md#us-to-the-agent "Event types". Updates are told, the rest are asked. */
export function eventTypeOf(kind: Content['kind']): 'message' | 'unsupported' | 'message_update' {
  if (kind === 'unsupported') return 'unsupported';
  return kind === 'reaction' || kind === 'edit' || kind === 'revoke' ? 'message_update' : 'message';
}
