import { readRegisteredWebhook, setWebhook } from '../../shared/dialog360/webhook-registration.ts';
import { log } from '../../shared/kernel/log.ts';
import { webhookUrl } from '../../shared/rules/channel/endpoint-addresses.ts';
import {
  judgeRegistration,
  type Registration,
  type WantedWebhook,
} from '../../shared/rules/channel/registration.ts';
import type { ChannelsDeps } from './deps.ts';
import { findRow, type LoadedChannel } from './load-channel.ts';
import { providerAccount } from './provider-account.ts';
import { providerCallLimits, type TimeBudget } from './time-budget.ts';

/** A newer row can only come from another request of the same seconds, so a few tries are enough. */
const MOST_TRIES = 3;

/**
 * Registers the webhook of an active channel and reads it back (PROTOCOLS 14.6). Then it reads the row
 * once more and registers what a newer row says: of several requests that register at the same time,
 * the last one must register the newest row.
 */
export async function registerWebhook(
  deps: ChannelsDeps,
  saved: LoadedChannel,
  timeBudget: TimeBudget,
): Promise<Registration> {
  let current = saved;
  for (let tries = 1; ; tries++) {
    const registration = await registerOnce(deps, current, timeBudget);
    const newer = tries < MOST_TRIES ? await newerThan(deps, current) : null;
    if (!newer) return registration;
    current = newer;
  }
}

async function registerOnce(
  deps: ChannelsDeps,
  { channel, secrets }: LoadedChannel,
  timeBudget: TimeBudget,
): Promise<Registration> {
  const account = providerAccount({ channel, secrets });
  const wanted = wantedWebhook(deps, { channel, secrets });
  const setting = await setWebhook(account, wanted, providerCallLimits(deps, timeBudget));
  if (setting.kind === 'refused') return setting;
  return judgeRegistration(
    wanted,
    setting,
    await readRegisteredWebhook(account, providerCallLimits(deps, timeBudget)),
  );
}

/** What the provider should have: our address, and the header that proves who posts there. */
export const wantedWebhook = (
  { publicUrl }: Pick<ChannelsDeps, 'publicUrl'>,
  { channel, secrets }: LoadedChannel,
): WantedWebhook => ({
  url: webhookUrl(publicUrl, channel.id, secrets.webhook_token),
  headers: { 'x-webhook-secret': secrets.webhook_header },
});

/**
 * The channel as a newer row has it, where that changes the registration; null: there is none, or it
 * could not be read. The channel is saved by now, and the operator's answer must not be lost for this.
 */
async function newerThan(
  deps: ChannelsDeps,
  { channel }: LoadedChannel,
): Promise<LoadedChannel | null> {
  try {
    const row = await findRow(deps, channel.id);
    if (!row?.active) return null;
    const same =
      row.secret_version === channel.secret_version &&
      row.hosting === channel.hosting &&
      row.base_url === channel.base_url;
    if (same) return null;
    return { channel: row, secrets: await deps.secrets.read(row.id, row.secret_version) };
  } catch {
    log.warn('registration-not-confirmed', { channel_id: channel.id });
    return null;
  }
}
