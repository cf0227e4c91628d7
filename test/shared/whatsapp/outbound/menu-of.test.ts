import { expect, test } from 'vitest';
import { menuOf } from '../../../../shared/whatsapp/outbound/menu-of.ts';

test('buttons show a menu, and a text shows none', () => {
  const buttons = { type: 'buttons', text: 'When?', buttons: ['Today', 'Later'] } as const;
  const options = ['Today', 'Later'].map((label, at) => ({ id: `${at}`, label }));
  const reply = { ...buttons, buttons: options } as unknown as Parameters<typeof menuOf>[0];
  expect(menuOf(reply, 'numbered')).toMatchObject({ options, numbered: false });
  expect(menuOf({ type: 'text', text: 'Hello' }, 'numbered')).toBeNull();
});
