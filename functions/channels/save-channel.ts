import { askWhetherReady } from '../../shared/agent/ready.ts';
import type { Channel } from '../../shared/contract/channel.ts';
import type { Warning } from '../../shared/contract/channel-answer.ts';
import { readRegisteredWebhook } from '../../shared/dialog360/webhook-registration.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { activationWarnings, type Readiness } from '../../shared/rules/channel/activation.ts';
import { webhookRoot } from '../../shared/rules/channel/endpoint-addresses.ts';
import { foreignWebhook } from '../../shared/rules/channel/registration.ts';
import {
  beginChannel,
  findChannel,
  insertChannel,
  replaceChannel,
} from '../../shared/store/channel/channels.ts';
import { accountOf } from './account-of.ts';
import { claimItsToken, releaseItsToken } from './claim-token.ts';
import type { ChannelsDeps } from './deps.ts';
import type { Loaded } from './load-channel.ts';
import { newId } from './new-secret.ts';
import { registerWebhook } from './register-webhook.ts';
import { nextCall, type TimeBudget } from './time-budget.ts';

/** What a story wants a channel to become. */
export interface Change {
  /** Null: there is no such channel yet. */
  before: Loaded | null;
  /** Its version and times are set here. */
  after: Loaded;
  /** Whether the agent must be asked first if it is ready; its no stops everything. */
  askAgent: boolean;
  /** Whether the provider must be told where to post. */
  register: boolean;
}

export interface Saved extends Loaded {
  warnings: Warning[];
  replacedWebhook: string | null;
}

/**
 * Makes a channel what it is to be, across the agent, the table, SSM and the provider: the steps of
 * PROTOCOLS 14, in their order. `conflict`: somebody else changed the row first, nothing
 * counts. Throws `agent-not-ready` and `token-in-use` before anything is changed, and `unavailable`.
 */
export async function saveChannel(
  deps: ChannelsDeps,
  { before, after, askAgent, register }: Change,
  timeBudget: TimeBudget,
): Promise<Saved | 'conflict'> {
  const [agent, found] = await Promise.all([
    askAgent ? askItsAgent(deps, after, timeBudget) : null,
    register ? readRegisteredWebhook(accountOf(after), nextCall(deps, timeBudget)) : null,
  ]);
  if (agent?.kind === 'not-ready') throw agentNotReady(agent.reason);

  const version = (before?.channel.version ?? 0) + 1;
  if (register) await claimItsToken(deps, { ...after.channel, version });
  const saved = await commit(deps, before, after, version);
  if (saved === 'conflict') return saved;

  const held = before?.channel;
  if (held?.active && !holdsSameToken(held, saved.channel)) await releaseItsToken(deps, held);
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

/** The secrets first, under a new version that nobody reads; the row that names it is the commit. */
async function commit(
  deps: ChannelsDeps,
  before: Loaded | null,
  after: Loaded,
  version: number,
): Promise<Loaded | 'conflict'> {
  const { secrets } = after;
  const changed = JSON.stringify(before?.secrets) !== JSON.stringify(secrets);
  const writeId = newId('w', deps);
  if (!before && !(await beginChannel(deps.table, after.channel, writeId))) return 'conflict';
  const secret_version =
    before && !changed
      ? before.channel.secret_version
      : await deps.secrets.write(after.channel.id, secrets);
  const updated_at = new Date(deps.now()).toISOString();
  // Without the mark of a blocked channel (PROTOCOLS 16.5): what was just mended need not wait for a probe.
  const { blocked: _, ...fields } = after.channel;
  const channel: Channel = { ...fields, version, secret_version, updated_at };
  const written = before
    ? await replaceChannel(deps.table, channel, { from: before.channel.version, writeId })
    : await insertChannel(deps.table, channel, writeId);
  if (written) {
    log.info('channel-saved', { channel_id: channel.id, version, active: channel.active });
    return { channel, secrets };
  }
  // Deleted in the meantime, or given up: what was just put would stay behind for ever.
  const row = await findChannel(deps.table, channel.id, { consistent: true, now: deps.now() });
  if (!row || row.deleted_at) await deps.secrets.remove(channel.id);
  return 'conflict';
}

const askItsAgent = (
  deps: ChannelsDeps,
  { channel, secrets }: Loaded,
  timeBudget: TimeBudget,
): Promise<Readiness> =>
  askWhetherReady({
    channel,
    secrets,
    eventId: newId('evt', deps),
    reach: deps.reach,
    now: deps.now(),
    timeoutMs: timeBudget.callMs(),
  });

const holdsSameToken = (before: Channel, after: Channel): boolean =>
  after.active && before.token_sha256 === after.token_sha256;

const agentNotReady = (reason: string | null) =>
  new Failure('agent-not-ready', {
    detail: reason
      ? `The agent says: ${reason}. Mend that and activate again.`
      : 'Train or start the agent and activate again.',
  });
