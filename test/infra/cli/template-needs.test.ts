import { expect, test } from 'vitest';
import { templateNeeds } from '../../../infra/cli/template-needs.ts';

const body = (text: string) => ({ type: 'BODY', text });
const url = 'https://a.example/{{1}}';

// biome-ignore format: a table reads by column
test.each([
  { components: undefined,                                          needs: 'none' },
  { components: [],                                                 needs: 'none' },
  { components: [null, 7, body('Hello')],                           needs: 'none' },
  { components: [body('Hello {{1}}, {{2}} and {{1}}')],             needs: '2' },
  { components: [{ type: 'body', text: 'Hi {{name}}: {{order}}' }], needs: '2: name, order' },
  { components: [{ type: 'HEADER', format: 'TEXT', text: 'Hello' }, body('Hi')], needs: 'none' },
  { components: [{ type: 'HEADER', format: 'TEXT', text: 'Hello {{1}}' }, body('{{1}}')], needs: '1; a header: text' },
  { components: [{ type: 'HEADER', format: 'IMAGE' }],              needs: 'a header: image' },
  { components: [{ type: 'BUTTONS', buttons: [{ type: 'COPY_CODE', example: 'X' }] }], needs: 'button 1: its code' },
  { components: [{ type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Yes' }, { type: 'URL', url }] }], needs: 'button 2: the end of its address' },
])('a template of $components needs $needs', ({ components, needs }) => {
  expect(templateNeeds(components)).toBe(needs);
});
