import type { ChannelView } from '../../../shared/contract/channel-answer.ts';
import { admin } from './admin.ts';

/** All channels, page by page, oldest first. Throws `Refused`. */
export async function everyChannel(): Promise<ChannelView[]> {
  const channels: ChannelView[] = [];
  for (let cursor: string | undefined; ; ) {
    const { body } = await admin.listChannels(cursor);
    channels.push(...body.channels);
    if (body.next === null) return channels;
    cursor = body.next;
  }
}
