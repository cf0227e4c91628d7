import { askWhetherReady } from '../../shared/agent/ready.ts';
import type { Readiness } from '../../shared/rules/channel/activation.ts';
import type { ChannelsDeps } from './deps.ts';
import type { LoadedChannel } from './load-channel.ts';
import { newId } from './new-id.ts';
import type { TimeBudget } from './time-budget.ts';

/** Asks the agent of a channel whether it is ready. */
export const askReadiness = (
  deps: ChannelsDeps,
  { channel, secrets }: LoadedChannel,
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
