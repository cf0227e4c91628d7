import { readRegisteredWebhook, setWebhook } from '../../shared/dialog360/webhook-registration.ts';
import { log } from '../../shared/kernel/log.ts';
import { webhookUrl } from '../../shared/rules/channel/endpoint-addresses.ts';
import {
  judgeRegistration,
  type Registration,
  type WantedWebhook,
} from '../../shared/rules/channel/registration.ts';
import { accountOf } from './account-of.ts';
import type { ChannelsDeps } from './deps.ts';
import { findRow, type Loaded } from './load-channel.ts';
import { nextCall, type TimeBudget } from './time-budget.ts';

/** A newer row can only come from another operator in the same seconds: twice is plenty. */
const MOST_ROUNDS = 3;

/**
 * Registers the webhook of an active channel and reads it back (PROTOCOLS 14.6). Looks at the
 * row once more afterwards: whoever registers last must have registered what the row says last.
 */
export async function registerWebhook(
  deps: ChannelsDeps,
  saved: Loaded,
  timeBudget: TimeBudget,
): Promise<Registration> {
  let current = saved;
  for (let round = 1; ; round++) {
    const registration = await registerOnce(deps, current, timeBudget);
    const newer = round < MOST_ROUNDS ? await newerThan(deps, current) : null;
    if (!newer) return registration;
    current = newer;
  }
}

async function registerOnce(
  deps: ChannelsDeps,
  { channel, secrets }: Loaded,
  timeBudget: TimeBudget,
): Promise<Registration> {
  const account = accountOf({ channel, secrets });
  const wanted = wantedWebhook(deps, { channel, secrets });
  const setting = await setWebhook(account, wanted, nextCall(deps, timeBudget));
  if (setting.kind === 'refused') return setting;
  return judgeRegistration(
    wanted,
    setting,
    await readRegisteredWebhook(account, nextCall(deps, timeBudget)),
  );
}

/** What should stand at the provider: our address, and the header that proves who posts there. */
export const wantedWebhook = (
  { publicUrl }: Pick<ChannelsDeps, 'publicUrl'>,
  { channel, secrets }: Loaded,
): WantedWebhook => ({
  url: webhookUrl(publicUrl, channel.id, secrets.webhook_token),
  headers: { 'x-webhook-secret': secrets.webhook_header },
});

/** Null also when nobody can say: the channel is saved, and its answer must not be lost for this. */
async function newerThan(deps: ChannelsDeps, { channel }: Loaded): Promise<Loaded | null> {
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
