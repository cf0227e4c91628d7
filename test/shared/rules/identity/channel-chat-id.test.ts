import { expect, test } from 'vitest';
import {
  channelChatIdOf,
  nameInChannelChatId,
} from '../../../../shared/rules/identity/channel-chat-id.ts';

// biome-ignore format: a table reads by column
const names = [
  { id: '491713920042|dialog360',           name: { kind: 'phone', value: '491713920042' } },
  { id: 'DE.7340021985561204|dialog360',    name: { kind: 'bsuid', value: 'DE.7340021985561204' } },
  { id: 'DE.ENT.7340021985561|dialog360',   name: { kind: 'bsuid', value: 'DE.ENT.7340021985561' } },
  { id: '491713920042',                     name: null },
  { id: '491713920042|telegram',            name: null },
  { id: '+491713920042|dialog360',          name: null },
  { id: '|dialog360',                       name: null },
  { id: 'anna|dialog360',                   name: null },
  { id: `${'4'.repeat(500)}|dialog360`,     name: null },
];

test.each(names)('the name in $id', ({ id, name }) => {
  expect(nameInChannelChatId(id)).toEqual(name);
  if (name) expect(channelChatIdOf(name.value)).toBe(id);
});
