import { expect, test } from 'vitest';
import { isInstalled, REAL_AGENTS, talkTo } from './real-agents.ts';

test.skipIf(!isInstalled()).each(REAL_AGENTS)(
  '$kind talks to the real $program (skipped unless npm run agents:real has installed it)',
  async (agent) => {
    expect(await talkTo(agent)).toEqual(agent.talk.map(([, gets]) => gets));
  },
  120_000,
);
