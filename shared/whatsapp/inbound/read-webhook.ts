// A webhook body becomes one item for each thing it holds: cloud-v2.ts | legacy-v1.ts → value.ts →
// messages.ts (contents.ts, people.ts), statuses.ts; other fields → app-fields.ts, account-fields.ts.
import type { InboundItem } from '../../contract/inbound-item.ts';
import type { Json } from '../foreign-json.ts';
import { readCloudV2 } from './cloud-v2.ts';
import { fitItem } from './fit-item.ts';
import { readLegacyV1 } from './legacy-v1.ts';
import { openReading } from './reading.ts';

/**
 * Everything a body of either payload version holds, in its order, each thing once and none over
 * 200 KB. Never throws, whatever arrives, and takes time in proportion to its size; a body in which
 * nothing is known is one `unread` item.
 */
export function readWebhook(body: Json): InboundItem[] {
  const reading = openReading();
  const read = [...readCloudV2(body, reading), ...readLegacyV1(body, reading)];
  const items = read.length > 0 ? read : reading.unread('nothing-recognised', body);
  return [...items, ...reading.rest()].map(fitItem);
}
