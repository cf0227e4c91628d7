import { expect, test } from 'vitest';
import type { Content } from '../../../../shared/contract/message.ts';
import { eventTypeOf } from '../../../../shared/rules/agent-event/event-type.ts';

/** Every kind there is (docs/contract.md#messages). */
// biome-ignore format: a table reads by column
const kinds: Record<Content['kind'], ReturnType<typeof eventTypeOf>> = {
  text: 'message', choice: 'message', image: 'message', audio: 'message', voice: 'message',
  video: 'message', document: 'message', sticker: 'message', location: 'message',
  contacts: 'message', order: 'message', form: 'message', welcome: 'message',
  call_permission: 'message',
  reaction: 'message_update', edit: 'message_update', revoke: 'message_update',
  unsupported: 'unsupported',
};

test.each(Object.entries(kinds))('%s becomes %s', (kind, type) => {
  expect(eventTypeOf(kind as Content['kind'])).toBe(type);
});
