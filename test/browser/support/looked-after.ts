import { expect } from 'vitest';
import { ownRuntime } from '../../support/borrow-runtime.ts';
import type { TestRuntime } from '../../support/runtime.ts';
import { type AgentDouble, startAgentDouble } from '../../support/runtime-agent.ts';
import { adminOf, newKey } from './admin.ts';

/** A channel with its agent, to which visitors write: what the operator's pages look at. */
export interface LookedAfter {
  runtime: TestRuntime;
  agent: AgentDouble;
  channelId: string;
  /** A visitor that the channel has not seen yet. */
  newVisitor(): { from: string };
  /** Plays something of a visitor to its end: `{ from, text }` and what else a play may hold. */
  play(what: object): Promise<void>;
  /** Makes the agent refuse one message for good, so that its turn becomes a dead letter. */
  lose(visitor: object, text: string): Promise<void>;
  stop(): Promise<void>;
}

export async function openLookedAfter(options: object = {}): Promise<LookedAfter> {
  const [runtime, agent] = await Promise.all([ownRuntime(), startAgentDouble()]);
  const token = newKey();
  const channelId = await adminOf(runtime.url).create({
    title: 'Night shop',
    token,
    agent: { url: agent.url },
    active: true,
    options: { typing_indicator: 'off', ...options },
  });
  let met = 0;
  const play: LookedAfter['play'] = async (what) => {
    const answer = await fetch(`${runtime.url}/sandbox/360dialog/play?wait=0`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...what, token }),
    });
    expect([answer.status, await answer.text()]).toEqual([200, expect.any(String)]);
    await runtime.idle();
  };
  return {
    runtime,
    agent,
    channelId,
    newVisitor: () => {
      met += 1;
      return { from: `+49170${String(1_000_000 + met)}` };
    },
    play,
    lose: async (visitor, text) => {
      agent.next({ status: 404, headers: {}, body: '' });
      await play({ ...visitor, text });
    },
    stop: async () => {
      await runtime.stop();
      await agent.stop();
    },
  };
}
