import type { InboundItem } from '../../contract/inbound-item.ts';
import type { Json } from '../foreign-json.ts';
import type { Reading } from './reading.ts';
import { readValue } from './value.ts';

/** The flat body of the on-premise API: what v2 has in a value stands at the top (docs/360dialog.md#the-old-api). */
export const readLegacyV1 = (body: Json, reading: Reading): InboundItem[] =>
  readValue(body, 'v1', reading);
