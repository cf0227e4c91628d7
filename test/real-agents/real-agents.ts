// The kinds of agents that have a server which can be installed from PyPI, and what is said to each.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentKind, AgentSettings } from '../../shared/contract/agent-kind.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Where `npm run agents:real` installs them, each into a folder of its own. */
export const PLACE = process.env.REAL_AGENTS ?? join(ROOT, 'node_modules/.cache/real-agents');

/** What is installed for an agent. */
interface Program {
  /** The folder below PLACE. */
  name: string;
  /** As pip takes them, the server first. */
  packages: [string, ...string[]];
  /** The Python that they run on, where they do not run on any newer one. */
  python?: string;
}

/** What the visitor says, or taps, and what they get for it. */
type Turn = [says: string | { tap: string }, gets: string[]];

export interface RealAgent {
  kind: Exclude<AgentKind, 'http'>;
  program: Program;
  /** Run to its end before the server is started. */
  prepare?: [string, ...string[]];
  command: (port: string) => [string, ...string[]];
  url: (host: string) => string;
  /** Answers once the server is up. */
  up: string;
  apiKey?: string;
  settings?: AgentSettings;
  /** What `check` finds, asking nothing that costs; null: it has no such question. */
  found: string | null;
  /** In one chat. */
  talk: Turn[];
}

export const isInstalled = ({ program }: RealAgent): boolean =>
  existsSync(join(PLACE, program.name, 'installed'));

const litellm: Program = { name: 'litellm', packages: ['litellm[proxy]==1.98.0'] };
const startLitellm: RealAgent['command'] = (port) => [
  'litellm',
  ...['--config', 'litellm/config.yaml', '--host', '127.0.0.1', '--port', port],
];
const RUNTIME = 'arn:aws:bedrock-agentcore:eu-central-1:123456789012:runtime/desk';

export const REAL_AGENTS: RealAgent[] = [
  {
    kind: 'openai-chat',
    program: litellm,
    command: startLitellm,
    url: (host) => host,
    up: '/health/liveliness',
    apiKey: 'sk-invented',
    settings: { model: 'desk', system_prompt: 'You answer for a bakery.' },
    found: 'It takes the key and has the model desk.',
    talk: [['Hello', ['We are **open** until six.', 'https://pictures.example/map.png the way']]],
  },
  {
    kind: 'anthropic',
    program: litellm,
    command: startLitellm,
    url: (host) => `${host}/v1`,
    up: '/health/liveliness',
    apiKey: 'sk-invented',
    settings: { model: 'claude', system_prompt: 'You answer for a bakery.' },
    found: 'It takes the key and has the model claude.',
    talk: [['Hello', ['We are open until six.']]],
  },
  {
    kind: 'rasa',
    program: { name: 'rasa', packages: ['rasa==3.6.21'], python: '3.10' },
    prepare: [
      'rasa',
      ...['train', '--config', 'rasa/config.yml', '--domain', 'rasa/domain.yml'],
      ...['--data', 'rasa/data.yml', '--out', 'rasa/models'],
    ],
    command: (port) => [
      'rasa',
      ...['run', '--interface', '127.0.0.1', '--port', port, '--model', 'rasa/models'],
      ...['--credentials', 'rasa/credentials.yml', '--endpoints', 'rasa/endpoints.yml'],
    ],
    url: (host) => host,
    up: '/',
    found: 'Rasa answers.',
    talk: [
      ['Hello', ['Which size? [Small /small] [Large /greet]']],
      [{ tap: '/small' }, ['A small one, then.', 'https://pictures.example/small.png']],
      ['Bye', []],
    ],
  },
  {
    kind: 'a2a',
    program: { name: 'a2a', packages: ['a2a-sdk[http-server]==1.3.0', 'uvicorn==0.54.0'] },
    command: (port) => ['python', 'a2a_agent.py', port],
    url: (host) => `${host}/.well-known/agent-card.json`,
    up: '/.well-known/agent-card.json',
    found: 'Its agent card says: JSON-RPC 1.0.',
    talk: [
      ['echo Hello', ['Hello']],
      ['A table', ['Which day?']],
      ['Monday', ['Booked for Monday.']],
    ],
  },
  {
    kind: 'langgraph',
    program: { name: 'langgraph', packages: ['langgraph-cli[inmem]==0.4.40'] },
    command: (port) => [
      'langgraph',
      ...['dev', '--no-browser', '--no-reload', '--host', '127.0.0.1', '--port', port],
      ...['--config', 'langgraph.json'],
    ],
    url: (host) => host,
    up: '/ok',
    settings: { assistant_id: 'desk' },
    found: 'The LangGraph server says ok.',
    talk: [
      ['Hello', ['You said: Hello']],
      ['A table', ['Which day?']],
      ['Monday', ['You said: Booked for Monday']],
      ['Bye', ['You said: Bye']],
    ],
  },
  {
    kind: 'bedrock-agentcore',
    program: { name: 'agentcore', packages: ['bedrock-agentcore==1.25.0'] },
    command: (port) => ['python', 'agentcore_agent.py', port],
    url: (host) => `${host}/invocations`,
    up: '/ping',
    settings: { runtime_arn: RUNTIME },
    found: null,
    talk: [
      ['Hello', ['You said: Hello, in session 40']],
      ['stream one two', ['one two']],
    ],
  },
];
