import { type ChannelInput, channelInputSchema } from '../../shared/contract/channel-input.ts';
import type { Reach } from '../../shared/kernel/http.ts';
import { read } from '../../shared/kernel/parse.ts';
import { requestInvalid } from '../../shared/kernel/request-invalid.ts';
import { addressFaults } from './address-faults.ts';
import { unknownFields } from './unknown-fields.ts';

/**
 * A channel as its operator wrote it down. `written`: what of it the operator wrote just now, of an edit
 * the edit alone. Throws `request-invalid` with the path of each fault.
 */
export function readChannelInput(value: unknown, reach: Reach, written = value): ChannelInput {
  const unknown = unknownFields(written);
  const input = read(channelInputSchema, value);
  if (!input.ok) throw requestInvalid(input.errors, unknown);
  const faults = addressFaults(input.value, reach);
  if (unknown.length + faults.length > 0) throw requestInvalid(faults, unknown);
  return input.value;
}
