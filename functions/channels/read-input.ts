import { type ChannelInput, channelInputSchema } from '../../shared/contract/channel-input.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import type { Reach } from '../../shared/kernel/http.ts';
import { parse } from '../../shared/kernel/parse.ts';
import { judgeAddresses } from './judge-addresses.ts';

/** A channel as its operator wrote it down. Throws `request-invalid` with the path of each fault. */
export function readInput(value: unknown, reach: Reach): ChannelInput {
  const input = parse(channelInputSchema, value);
  const errors = judgeAddresses(input, reach);
  if (errors.length === 0) return input;
  throw new Failure('request-invalid', { detail: 'See errors for each field.', errors });
}
