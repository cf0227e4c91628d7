// Know the channel → check the secret → read the payload → queue every item.
import { CHANNEL_ID, type Channel } from '../../shared/contract/channel.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import type { Queues } from '../../shared/queues/queue.ts';
import { secretMatches } from '../../shared/rules/channel/secret-matches.ts';
import type { ChannelCache } from '../../shared/store/channel/channel-cache.ts';
import { readWebhook } from '../../shared/whatsapp/inbound/read-webhook.ts';
import { queueItems } from './queue-items.ts';

export interface WebhookDeps {
  channels: ChannelCache;
  queues: Queues<'inbound' | 'statuses'>;
  now: () => number;
}

export interface Posted {
  channelId: string;
  token: string;
  /** `x-webhook-secret`; a URL pasted into the provider's hub by hand brings none. */
  header: string | undefined;
  /** Reads the body; called only once the secrets have shown that the provider posted it. */
  read: () => Record<string, unknown>;
}

/**
 * Resolves when SQS has every item of the body: every protocol begins with such an item. Throws `channel-unknown`,
 * `unauthorized`, `payload-too-large`, `payload-unreadable`, `unavailable`.
 */
export async function receiveWebhook(
  deps: WebhookDeps,
  posted: Posted,
  signal: AbortSignal,
): Promise<void> {
  const channel = await knownChannel(deps, posted);
  log.appendKeys({ channel_id: channel.id });
  if (posted.header === undefined) count('webhook-without-header');
  const body = posted.read();
  if (!channel.active) {
    count('webhook-dropped-channel-inactive');
    log.info('webhook-dropped', { reason: 'channel-inactive' });
    return;
  }
  const items = readWebhook(body);
  const withHeader = posted.header !== undefined;
  const received = { channelId: channel.id, receivedAt: deps.now(), withHeader, items };
  await queueItems(deps.queues, received, signal);
}

/**
 * The channel of an address, if the secrets fit. A row from memory may be older than a rotation or an
 * activation, so the row is read again before a caller is refused or a body dropped.
 */
async function knownChannel({ channels, now }: WebhookDeps, posted: Posted): Promise<Channel> {
  if (!CHANNEL_ID.test(posted.channelId)) throw new Failure('channel-unknown');
  const remembered = await channels.read(posted.channelId);
  if (remembered?.active && objection(remembered, posted, now()) === null) return remembered;
  const channel = await channels.readAgain(posted.channelId);
  const code = channel ? objection(channel, posted, now()) : 'channel-unknown';
  if (code !== null || channel === null) {
    if (channel?.active) noteRefused(channel);
    throw new Failure(code ?? 'channel-unknown');
  }
  return channel;
}

/** Of a channel that is there: most likely 360dialog, with an old registration. Strangers know no channel's id. */
function noteRefused({ id }: Channel): void {
  log.appendKeys({ channel_id: id });
  count('webhook-refused');
}

function objection(channel: Channel, { token, header }: Posted, now: number) {
  const { access, options } = channel;
  if (!secretMatches(access.webhook_token, token, now)) return 'channel-unknown';
  const refused =
    header === undefined
      ? options.require_webhook_header
      : !secretMatches(access.webhook_header, header, now);
  return refused ? 'unauthorized' : null;
}
