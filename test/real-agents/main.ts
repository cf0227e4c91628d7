// npm run agents:real: installs the real servers that can be had from PyPI, each with pinned versions into a
// folder of its own, checks each and talks to it, and prints a table. Nothing else of the machine is changed.
import { isDeepStrictEqual } from 'node:util';
import { install } from './install.ts';
import { REAL_AGENTS, type RealAgent } from './real-agents.ts';
import { talkTo } from './talk-to.ts';

/** The kinds that it does not talk to, and why. */
const NOT_HERE = [
  ['n8n', 'none that npm can install here: docs/agents/n8n.md'],
  ['webim', 'none: its server is not given away'],
  ['custom', 'none: any webhook'],
];

let failed = false;
const rows = [['KIND', 'REAL SERVER', 'CHECK', 'TURNS', 'OUTCOME']];
for (const agent of REAL_AGENTS) {
  console.error(`${agent.kind}: ${agent.program.packages[0]} …`);
  const why = install(agent);
  const [found, outcome] = why === null ? await outcomeOf(agent) : ['', `skipped: ${why}`];
  const turns = why === null ? String(agent.talk.length) : '0';
  failed ||= why === null && outcome !== 'as expected';
  rows.push([agent.kind, agent.program.packages[0], found, turns, outcome]);
}
for (const [kind = '', why = ''] of NOT_HERE) rows.push([kind, '', '', '0', `${why}; a double`]);

const widths = [0, 1, 2, 3].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
for (const row of rows) {
  console.log(
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
process.exitCode = failed ? 1 : 0;

async function outcomeOf(agent: RealAgent): Promise<[found: string, outcome: string]> {
  try {
    const { found, talk } = await talkTo(agent);
    const wanted = { found: agent.found, talk: agent.talk.map(([, gets]) => gets) };
    const same = isDeepStrictEqual({ found, talk }, wanted);
    return [found ?? 'not asked', same ? 'as expected' : `answered ${JSON.stringify(talk)}`];
  } catch (error) {
    return ['', String(error)];
  }
}
