// Go through the active channels → which of them send, and hear nothing of it.
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { pageOfChannels } from '../../shared/store/channel/channels.ts';
import { darkSince } from '../../shared/store/channel/unheard-sends.ts';
import type { Table } from '../../shared/store/table.ts';

/** A look costs a read for each channel, so it is not made with each tick. */
const EVERY_MS = 10 * 60_000;
const PAGE = 50;

/** Looks for dark webhooks, at most every ten minutes for each instance of the sweep; in between it does nothing. */
export function openDarkLook(table: Table, now: () => number): () => Promise<void> {
  let nextAt = 0;
  return async () => {
    if (now() < nextAt) return;
    nextAt = now() + EVERY_MS;
    let cursor: Parameters<typeof pageOfChannels>[1]['cursor'] = null;
    do {
      const page: Awaited<ReturnType<typeof pageOfChannels>> = await pageOfChannels(table, {
        limit: PAGE,
        cursor,
        now: now(),
      });
      const active = page.channels.filter((channel) => channel.active);
      await Promise.all(active.map(({ id }) => look(table, id, now())));
      cursor = page.next;
    } while (cursor);
  };
}

async function look(table: Table, channelId: string, now: number): Promise<void> {
  const since = await darkSince(table, channelId, now);
  if (since === null) return;
  count('webhook-dark');
  log.warn('webhook-dark', { channel_id: channelId, minutes: Math.round((now - since) / 60_000) });
}
