import { getItem, pulseKey, type Table } from './table.ts';

/** The last signs of life of a channel, epoch milliseconds; null: none was seen. */
export interface Pulse {
  /** A message of a visitor. */
  last_inbound_at: number | null;
  /** A status of something we sent. */
  last_status_at: number | null;
  /** A webhook that carried the secret header. */
  last_header_at: number | null;
}

/** What the doctor reads: when this channel was last heard of. */
export async function readPulse(table: Table, channelId: string): Promise<Pulse> {
  const seen = await getItem<Partial<Pulse>>(table, pulseKey(channelId));
  return {
    last_inbound_at: seen?.last_inbound_at ?? null,
    last_status_at: seen?.last_status_at ?? null,
    last_header_at: seen?.last_header_at ?? null,
  };
}
