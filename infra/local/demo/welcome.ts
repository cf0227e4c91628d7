import type { DemoChannel } from './demo-channel.ts';

const FROM = '+49 170 0000001';

/** A ready-made command that plays a WhatsApp message. */
const playCommand = (url: string, play: object): string =>
  `curl ${url}/sandbox/360dialog/play -d '${JSON.stringify({ from: FROM, ...play })}'`;

export interface Welcome {
  url: string;
  demo: DemoChannel | null;
  /** The folder that keeps all; null: nothing is kept. */
  kept: string | null;
  /** What is wrong with the demo channel's agent; null: nothing. */
  trouble: string | null;
  /** The file of the double’s templates, where it holds none; null: it holds some. */
  emptyTemplates: string | null;
}

/** What `npm start` prints when the runtime is up. */
export function welcome({ url, demo, kept, trouble, emptyTemplates }: Welcome): string {
  const facts: [string, string][] = [
    ['address', url],
    ['data', kept ?? 'in memory, gone when it stops (-- --data FOLDER keeps it)'],
    ...(demo ? factsOf(url, demo) : []),
    ...(emptyTemplates === null ? [] : [noTemplates(emptyTemplates)]),
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  const table = facts.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  const next = demo
    ? nextSteps(url, demo, trouble)
    : [
        `  There is no channel yet. Create one: POST ${url}/admin/channels`,
        `  Its base_url for the double of 360dialog: ${url}/sandbox/360dialog`,
      ];
  return ['', '  dialog360-channel is up', '', ...table, '', ...next, ''].join('\n');
}

const noTemplates = (file: string): [string, string] => [
  'templates',
  `none: ${file} lists none, so no template can be sent`,
];

const isDemoAgent = (url: string, { agentUrl }: DemoChannel): boolean =>
  agentUrl === `${url}/sandbox/agent`;

const factsOf = (url: string, demo: DemoChannel): [string, string][] => [
  ['demo channel', demo.channelId],
  ['its API key', demo.apiKey],
  [
    'its agent',
    isDemoAgent(url, demo) ? `the demo agent (-- --agent ${AGENT} asks yours)` : demo.agentUrl,
  ],
  ...(isDemoAgent(url, demo)
    ? []
    : [['agent secret', demo.agentSecret] satisfies [string, string]]),
  ['its chat', `${url}/sandbox/360dialog/chats/491700000001`],
];

const AGENT = 'http://localhost:8000';

function nextSteps(url: string, demo: DemoChannel, trouble: string | null): string[] {
  const isOurs = isDemoAgent(url, demo);
  return [
    ...(trouble && !isOurs
      ? [
          `  ${trouble}`,
          '',
          '  The agent of the README is started so:',
          '',
          `  ${agentCommand(demo)}`,
          '',
        ]
      : []),
    `  Open ${url} in a browser and write. Or play a message in another terminal:`,
    '',
    `  ${playCommand(url, { name: 'Anna', text: 'Hello' })}`,
    '',
    `  All that can be played: curl ${url}/sandbox/360dialog/play`,
  ];
}

function agentCommand({ agentUrl, agentSecret }: DemoChannel): string {
  const { port } = new URL(agentUrl);
  const at = port === '8000' ? '' : `PORT=${port || '80'} `;
  return `${at}AGENT_SECRET=${agentSecret} python3 infra/examples/agent.py`;
}
