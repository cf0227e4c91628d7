import { expect, test } from 'vitest';
import { channelOptionsSchema } from '../../../shared/contract/channel-options.ts';
import { parse } from '../../../shared/kernel/parse.ts';

test.each([
  { written: undefined, is: 'on' },
  { written: true, is: 'on' },
  { written: 'true', is: 'on' },
  { written: false, is: 'off' },
  { written: 'read', is: 'read' },
  { written: 'off', is: 'off' },
])('the typing indicator $written is $is', ({ written, is }) => {
  const options = parse(channelOptionsSchema, { typing_indicator: written });
  expect(options.typing_indicator).toBe(is);
});

test.each([null, 1, 'sometimes', {}])('the typing indicator %s is refused', (written) => {
  expect(() => parse(channelOptionsSchema, { typing_indicator: written })).toThrow();
});
