import { describe, expect, test } from 'vitest';
import { isInstalled, REAL_AGENTS } from './real-agents.ts';
import { talkTo } from './talk-to.ts';

describe.each(REAL_AGENTS)('$kind', (agent) => {
  test.skipIf(!isInstalled(agent))(
    `talks to the real ${agent.program.packages[0]} (skipped unless npm run agents:real has installed it)`,
    async () => {
      const { found, talk } = await talkTo(agent);
      expect(found).toBe(agent.found);
      expect(talk).toEqual(agent.talk.map(([, gets]) => gets));
    },
    300_000,
  );
});
