import { type ChannelInput, channelInputSchema } from '../../shared/contract/channel-input.ts';
import type { Reach } from '../../shared/kernel/http.ts';
import { parse } from '../../shared/kernel/parse.ts';
import { requestInvalid } from '../../shared/kernel/request-invalid.ts';
import { addressFaults } from './address-faults.ts';

/** A channel as its operator wrote it down. Throws `request-invalid` with the path of each fault. */
export function readChannelInput(value: unknown, reach: Reach): ChannelInput {
  const input = parse(channelInputSchema, value);
  const faults = addressFaults(input, reach);
  if (faults.length > 0) throw requestInvalid(faults);
  return input;
}
