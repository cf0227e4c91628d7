import type { CallEnd, CallGate, GatedCall } from '../../../functions/chain/call-gate.ts';
import { openCallGates } from '../../../functions/chain/call-gate.ts';
import type { CallMarks } from '../../../shared/contract/call-marks.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import { channelKey } from '../../../shared/store/keys.ts';
import { putItem } from '../../../shared/store/table.ts';
import { useTable } from '../../support/table.ts';

/** The gate against an embedded table, with a clock that moves only when it is moved. */
export function openGateStage() {
  const table = useTable();
  let made = 0;
  const stage = {
    table,
    clock: Date.now(),
    async channelThatIs(marks: CallMarks = {}): Promise<Channel> {
      made += 1;
      const channel = { id: `ch_${made}`, version: 1, active: true, ...marks };
      await putItem(table, { ...channelKey(channel.id), ...channel });
      return channel as unknown as Channel;
    },
    asItIs: async ({ id }: Channel) => (await table.look(channelKey(id))) as unknown as Channel,
    /** The gate of a job that comes for the first time, and of one that was here before. */
    gatesOf(slots: number) {
      const gates = openCallGates({
        table,
        pool: 'worker',
        slots,
        now: () => stage.clock,
        chance: () => 0,
        graceMs: 5,
      });
      const { clock } = stage;
      return {
        gates,
        first: gates({ receives: 1, sentAt: clock, firstReceivedAt: clock }),
        again: gates({ receives: 2, sentAt: clock, firstReceivedAt: clock }),
      };
    },
  };
  return stage;
}

export const to = (channel: Channel): GatedCall => ({ channel, side: 'agent', timeoutMs: 30_000 });

type End = Awaited<ReturnType<CallGate['call']>>;
export const isMade = (end: End) => typeof end !== 'string' && 'value' in end;

export const answered = async (): Promise<CallEnd<string>> => ({ value: 'hello', failed: false });
export const failed = async (): Promise<CallEnd<string>> => ({ value: 'HTTP 500', failed: true });

/** A call that answers when the test says so, or ends when it is ended. */
export function slowCall() {
  let answer = () => {};
  let begun = false;
  const make = (signal: AbortSignal) =>
    new Promise<CallEnd<string>>((resolve) => {
      begun = true;
      answer = () => resolve({ value: 'at last', failed: false });
      signal.addEventListener('abort', () => resolve({ value: 'ended', failed: true }));
    });
  return { make, answer: () => answer(), hasBegun: () => begun };
}
