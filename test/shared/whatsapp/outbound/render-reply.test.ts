import { expect, test } from 'vitest';
import { readReply } from '../../../../shared/contract/reply.ts';
import { renderReply } from '../../../../shared/whatsapp/outbound/render-reply.ts';
import type {
  RenderedPart,
  RenderOptions,
} from '../../../../shared/whatsapp/outbound/rendering.ts';
import {
  cloudApiMessageSchema,
  onPremiseMessageSchema,
} from '../../../support/cloud-api-message.ts';
import { goldens, pretty } from '../../../support/golden.ts';

const usual: RenderOptions = {
  to: { phone: '491713920042', bsuid: null },
  dialect: 'v2',
  choices: 'numbered',
};

test.each(goldens('golden/outbound', 'golden/outbound'))('$name', async ({ input, output }) => {
  const { reply, how } = input as { reply: unknown; how?: Partial<RenderOptions> };
  const options = { ...usual, ...how };

  const outcome = readReply(reply);
  const rendering = outcome.ok ? renderReply(outcome.reply, options) : outcome;

  await expect(pretty(rendering)).toMatchFileSnapshot(output);
  const schema = options.dialect === 'v2' ? cloudApiMessageSchema : onPremiseMessageSchema;
  for (const body of bodiesOf('parts' in rendering ? rendering.parts : [])) schema.parse(body);
});

/** Every body that may go, the ones that go instead included. */
const bodiesOf = (parts: (RenderedPart | null)[]): unknown[] =>
  parts.flatMap((part) => (part ? [part.body, ...bodiesOf([part.fallback])] : []));
