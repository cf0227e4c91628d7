import { expect, test } from 'vitest';
import { readSend } from '../../../../infra/local/dialog360/read-send.ts';
import { readReply } from '../../../../shared/contract/reply.ts';
import { renderReply } from '../../../../shared/whatsapp/outbound/render-reply.ts';
import type {
  RenderedPart,
  RenderOptions,
} from '../../../../shared/whatsapp/outbound/rendering.ts';
import { goldens, pretty } from '../../../support/golden.ts';

const usual: RenderOptions = {
  to: { phone: '491713920042', bsuid: null },
  dialect: 'v2',
  choices: 'numbered',
  replyId: 'rep_0123456789abcdef0123456789abcdef',
};

test.each(goldens('golden/outbound', 'golden/outbound'))('$name', async ({ input, output }) => {
  const { reply, how } = input as { reply: unknown; how?: Partial<RenderOptions> };
  const options = { ...usual, ...how };

  const outcome = readReply(reply);
  const rendering = outcome.ok ? renderReply(outcome.reply, options) : outcome;

  await expect(pretty(rendering)).toMatchFileSnapshot(output);
  for (const body of bodiesOf('parts' in rendering ? rendering.parts : [])) {
    const reading = readSend(body, { legacyToo: options.dialect === 'v1' });
    expect(reading).toMatchObject({ kind: 'message' });
  }
});

/** Every body that may go, the ones that go instead included. */
const bodiesOf = (parts: (RenderedPart | null)[]): unknown[] =>
  parts.flatMap((part) => (part ? [part.body, ...bodiesOf([part.fallback])] : []));

const bodyOf = (value: unknown) => {
  const read = readReply(value);
  const rendering = read.ok ? renderReply(read.reply, usual) : null;
  return rendering?.kind === 'parts' ? rendering.parts.map(({ body }) => body) : [];
};

test('a heading and a footer that are just short enough stay in their places', () => {
  const [header, footer] = ['h'.repeat(60), 'f'.repeat(60)];
  const buttons = { type: 'buttons', text: 'Tea?', buttons: ['Yes', 'No'], header, footer };
  expect(bodyOf(buttons)).toMatchObject([
    {
      interactive: {
        header: { type: 'text', text: header },
        body: { text: 'Tea?' },
        footer: { text: footer },
      },
    },
  ]);
});

test('of a raw message the names that are ours are left out, however they are written, and no others', () => {
  const long = `to${' '.repeat(63)}`;
  const message = { type: 'text', text: { body: 'Hi' }, [`to${' '.repeat(62)}`]: '1', [long]: '2' };
  expect(bodyOf({ type: 'raw', message })).toEqual([
    expect.objectContaining({ to: '+491713920042', [long]: '2' }),
  ]);
  expect(Object.keys(bodyOf({ type: 'raw', message })[0] ?? {})).not.toContain(
    `to${' '.repeat(62)}`,
  );
});
