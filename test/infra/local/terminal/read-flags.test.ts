import { expect, test } from 'vitest';
import { readFlags } from '../../../../infra/local/terminal/read-flags.ts';

const usual = {
  port: 3000,
  data: 'memory',
  demo: true,
  templates: expect.stringMatching(/sample-templates\.json$/),
  verbose: false,
};

// biome-ignore format: a table reads by column
const right = [
  { args: '',                         flags: usual },
  { args: '--port 4000',              flags: { ...usual, port: 4000 } },
  { args: '--port=0',                 flags: { ...usual, port: 0 } },
  { args: '--data .local/data',       flags: { ...usual, data: '.local/data' } },
  { args: '--no-demo --verbose',      flags: { ...usual, demo: false, verbose: true } },
  { args: '--templates mine.json',    flags: { ...usual, templates: 'mine.json' } },
  { args: '--agent http://localhost:8000', flags: { ...usual, agent: 'http://localhost:8000' } },
  { args: '--agent=https://agent.example/turn', flags: { ...usual, agent: 'https://agent.example/turn' } },
  { args: '--help --port 1',          flags: 'help' },
];

test.each(right)('"$args"', ({ args, flags }) => {
  expect(readFlags(args.split(' ').filter(Boolean))).toEqual(flags);
});

// biome-ignore format: a table reads by column
const wrong = [
  { args: ['--port', 'http'],   says: '--port must be a number from 0 to 65535, not "http"' },
  { args: ['--port', '65536'],  says: '--port must be a number from 0 to 65535, not "65536"' },
  { args: ['--port', '1e3'],    says: '--port must be a number from 0 to 65535, not "1e3"' },
  { args: ['--port'],           says: "Option '--port <value>' argument missing" },
  { args: ['--data', ''],       says: '--data must be "memory" or a folder' },
  { args: ['--prot', '1'],      says: "Unknown option '--prot' (did you mean --port?)" },
  { args: ['--agnet', 'http://localhost:8000'], says: "Unknown option '--agnet' (did you mean --agent?)" },
  { args: ['--nodemo'],         says: "Unknown option '--nodemo' (did you mean --no-demo?)" },
  { args: ['--quick'],          says: "Unknown option '--quick'" },
  { args: ['http://localhost:8000'], says: "Unexpected argument 'http://localhost:8000'. Options follow two dashes: npm start -- --agent http://localhost:8000" },
  { args: ['--agent', 'localhost:8000'], says: '--agent must be an address like http://localhost:8000, not "localhost:8000"' },
  { args: ['--agent', 'http://agent.example'], says: '--agent http://agent.example: the address is not https. Over http an agent must be on this machine' },
  { args: ['--agent', 'http://localhost:8000', '--no-demo'], says: '--agent is for the demo channel: leave out --no-demo' },
];

test.each(wrong)('$args is refused', ({ args, says }) => {
  expect(readFlags(args)).toEqual({ wrong: says });
});
