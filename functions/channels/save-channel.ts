import type { Channel } from '../../shared/contract/channel.ts';
import type { Warning } from '../../shared/contract/channel-answer.ts';
import { readRegisteredWebhook } from '../../shared/dialog360/webhook-registration.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { activationWarnings } from '../../shared/rules/channel/activation.ts';
import { webhookRoot } from '../../shared/rules/channel/endpoint-addresses.ts';
import { foreignWebhook } from '../../shared/rules/channel/registration.ts';
import { withoutCallMarks } from '../../shared/rules/channel/without-call-marks.ts';
import {
  beginChannel,
  findChannel,
  insertChannel,
  replaceChannel,
} from '../../shared/store/channel/channels.ts';
import { askReadiness } from './ask-readiness.ts';
import { claimTokenOf, releaseTokenOf } from './claim-token.ts';
import type { ChannelsDeps } from './deps.ts';
import type { LoadedChannel } from './load-channel.ts';
import { newId } from './new-id.ts';
import { providerAccount } from './provider-account.ts';
import { registerWebhook } from './register-webhook.ts';
import { providerCallLimits, type TimeBudget } from './time-budget.ts';

/** What a story wants a channel to become. */
export interface ChannelChange {
  /** Null: the channel is new. */
  before: LoadedChannel | null;
  /** Its version and the time of its update are set here. */
  after: LoadedChannel;
  /** Whether the agent must be asked first whether it is ready. If it is not, nothing is changed. */
  askAgent: boolean;
  /** Whether the provider must be told where to post. */
  register: boolean;
}

export interface SavedChannel extends LoadedChannel {
  warnings: Warning[];
  /** The address of a foreign webhook that stood at the provider before; null: there was none. */
  replacedWebhook: string | null;
}

/**
 * Makes a channel what it is to be, across the agent, the table, SSM and the provider: the steps of
 * PROTOCOLS 14, in their order. `conflict`: another request changed the row first, and nothing of this
 * one counts. Throws `agent-not-ready` and `token-in-use` before anything is changed, and `unavailable`.
 */
export async function saveChannel(
  deps: ChannelsDeps,
  { before, after, askAgent: mustAsk, register }: ChannelChange,
  timeBudget: TimeBudget,
): Promise<SavedChannel | 'conflict'> {
  const [agent, found] = await Promise.all([
    mustAsk ? askReadiness(deps, after, timeBudget) : null,
    register
      ? readRegisteredWebhook(providerAccount(after), providerCallLimits(deps, timeBudget))
      : null,
  ]);
  if (agent?.kind === 'not-ready') throw agentNotReady(agent.reason);

  const version = (before?.channel.version ?? 0) + 1;
  if (register) await claimTokenOf(deps, { ...after.channel, version });
  const saved = await commit(deps, before, after, version);
  if (saved === 'conflict') return saved;

  const old = before?.channel;
  if (old?.active && !holdsSameToken(old, saved.channel)) await releaseTokenOf(deps, old);
  const registration = register ? await registerWebhook(deps, saved, timeBudget) : null;
  const warnings = activationWarnings(agent, registration);
  for (const { code } of warnings) {
    count('channel-warning');
    log.warn('channel-warning', { channel_id: saved.channel.id, code });
  }
  const foreign = foreignWebhook(found, webhookRoot(deps.publicUrl, saved.channel.id));
  return {
    ...saved,
    warnings,
    replacedWebhook: registration?.kind === 'registered' ? foreign : null,
  };
}

/**
 * PROTOCOLS 14.3 to 14.4: the secrets first, as a version that no row names yet. Writing the row that
 * names it is the commit.
 */
async function commit(
  deps: ChannelsDeps,
  before: LoadedChannel | null,
  after: LoadedChannel,
  version: number,
): Promise<LoadedChannel | 'conflict'> {
  const { secrets } = after;
  const changed = JSON.stringify(before?.secrets) !== JSON.stringify(secrets);
  const writeId = newId('w', deps);
  if (!before && !(await beginChannel(deps.table, after.channel, writeId))) return 'conflict';
  const secret_version =
    before && !changed
      ? before.channel.secret_version
      : await deps.secrets.write(after.channel.id, secrets);
  const updated_at = new Date(deps.now()).toISOString();
  // Without the mark of a blocked channel (PROTOCOLS 16.5): what the operator has just repaired need not
  // wait for a probe.
  const { blocked: _, ...fields } = withoutCallMarks(after.channel);
  const channel: Channel = { ...fields, version, secret_version, updated_at };
  const written = before
    ? await replaceChannel(deps.table, channel, { from: before.channel.version, writeId })
    : await insertChannel(deps.table, channel, writeId);
  if (written) {
    log.info('channel-saved', { channel_id: channel.id, version, active: channel.active });
    return { channel, secrets };
  }
  // The channel was deleted meanwhile, or its creation was given up: the secrets that were just written
  // would stay behind for ever.
  const row = await findChannel(deps.table, channel.id, { consistent: true, now: deps.now() });
  if (!row || row.deleted_at) await deps.secrets.remove(channel.id);
  return 'conflict';
}

const holdsSameToken = (before: Channel, after: Channel): boolean =>
  after.active && before.token_sha256 === after.token_sha256;

const agentNotReady = (reason: string | null) =>
  new Failure('agent-not-ready', {
    detail: reason
      ? `The agent says: ${reason}. Mend that and activate again.`
      : 'Train or start the agent and activate again.',
  });
