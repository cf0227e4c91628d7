import type { Reach } from '../../shared/kernel/http.ts';
import type { Queue } from '../../shared/queues/queue.ts';
import type { MediaKey } from '../../shared/rules/media-link.ts';
import type { Secrets } from '../../shared/secrets/secrets.ts';
import type { ChannelCache } from '../../shared/store/channel-cache.ts';
import type { Pulses } from '../../shared/store/pulses.ts';
import type { Table } from '../../shared/store/table.ts';

/** What the worker's stories touch; time and chance are arguments like everything else. */
export interface WorkerDeps {
  table: Table;
  /** For those who may be a minute behind: statuses are many. */
  channels: ChannelCache;
  /** Signs of life of a channel, for the doctor. */
  pulses: Pulses;
  queues: { inbound: Queue; outbound: Queue; statuses: Queue };
  secrets: Secrets;
  /** What addresses of media are signed with. */
  mediaKey: () => Promise<MediaKey>;
  reach: Reach;
  /** Where our media door is: origin, and path if any, with no slash at its end. */
  mediaUrl: string;
  /** How often a blocked channel is looked at. */
  probeIntervalMs: number;
  now: () => number;
  /** 20 random bytes as hex. */
  newChatId: () => string;
}
