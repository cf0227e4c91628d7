// The kinds of agents that have a small server on PyPI, against the real thing.
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { listenOnLoopback } from '../../infra/local/http/listen-on-loopback.ts';
import { askAgent } from '../../shared/agent/ask-agent.ts';
import type { AgentKind, AgentSettings } from '../../shared/contract/agent-kind.ts';
import type { AgentSession } from '../../shared/contract/chat.ts';
import { askedEvent } from '../support/asked-event.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Where `npm run agents:real` installs them. */
export const PLACE = process.env.REAL_AGENTS ?? join(ROOT, 'node_modules/.cache/real-agents');
export const PACKAGES = [
  'a2a-sdk[http-server]',
  'uvicorn',
  'bedrock-agentcore',
  'langgraph-cli[inmem]',
];
export const isInstalled = (): boolean => existsSync(join(PLACE, 'bin/langgraph'));

export interface RealAgent {
  kind: Exclude<AgentKind, 'http'>;
  program: string;
  command: (port: number) => [string, ...string[]];
  url: (host: string) => string;
  /** Answers once the server is up. */
  up: string;
  settings?: AgentSettings;
  /** What the visitor says, and what they are answered, in one chat. */
  talk: [says: string, gets: string[]][];
}

export const REAL_AGENTS: RealAgent[] = [
  {
    kind: 'a2a',
    program: 'a2a-sdk',
    command: (port) => ['python', join(import.meta.dirname, 'a2a_agent.py'), String(port)],
    url: (host) => `${host}/.well-known/agent-card.json`,
    up: '/.well-known/agent-card.json',
    talk: [
      ['echo Hello', ['Hello']],
      ['A table', ['Which day?']],
      ['Monday', ['Booked for Monday.']],
    ],
  },
  {
    kind: 'bedrock-agentcore',
    program: 'bedrock-agentcore',
    command: (port) => ['python', join(import.meta.dirname, 'agentcore_agent.py'), String(port)],
    url: (host) => `${host}/invocations`,
    up: '/ping',
    settings: {
      runtime_arn: 'arn:aws:bedrock-agentcore:eu-central-1:123456789012:runtime/desk',
    },
    talk: [
      ['Hello', ['You said: Hello, in session 40']],
      ['stream one two', ['one two']],
    ],
  },
  {
    kind: 'langgraph',
    program: 'langgraph-cli[inmem]',
    command: (port) => [
      'langgraph',
      ...['dev', '--no-browser', '--no-reload', '--host', '127.0.0.1', '--port', String(port)],
      ...['--config', 'langgraph.json'],
    ],
    url: (host) => host,
    up: '/ok',
    settings: { assistant_id: 'desk' },
    talk: [
      ['Hello', ['You said: Hello']],
      ['A table', ['Which day?']],
      ['Monday', ['You said: Booked for Monday']],
      ['Bye', ['You said: Bye']],
    ],
  },
];

/** Talks to the real server, and resolves to what it answered to each message. */
export async function talkTo(agent: RealAgent): Promise<string[][]> {
  const port = await freePort();
  const host = `http://127.0.0.1:${port}`;
  const [name, ...rest] = agent.command(port);
  const { PATH, HOME } = process.env;
  const server = spawn(join(PLACE, 'bin', name), rest, {
    cwd: copyOfAgents(),
    stdio: 'ignore',
    env: { PATH, HOME, LANGSMITH_TRACING: 'false', PYTHONDONTWRITEBYTECODE: '1' },
  });
  try {
    await isUp(`${host}${agent.up}`, server);
    return await converse(agent, agent.url(host));
  } finally {
    server.kill('SIGKILL');
  }
}

/** LangGraph's server writes beside its graph: not into the sources. */
function copyOfAgents(): string {
  const copy = join(PLACE, 'agents');
  cpSync(import.meta.dirname, copy, { recursive: true });
  return copy;
}

async function converse({ kind, settings, talk }: RealAgent, url: string): Promise<string[][]> {
  let session: AgentSession | null = null;
  const heard: string[][] = [];
  for (const [at, [text]] of talk.entries()) {
    const event = askedEvent({ message: { text } });
    event.event.id = `evt_${at}`;
    const { reply } = await askAgent({
      channel: {
        agent: { kind, url, timeout_ms: 30_000, events: null, header_names: [], ...settings },
      },
      secrets: NONE,
      event,
      reach: 'local',
      now: 0,
      session,
      awsKeys: () => ({ accessKeyId: 'invented', secretAccessKey: 'invented' }),
    });
    if (reply.kind !== 'answered') throw new Error(JSON.stringify(reply));
    if (reply.session !== undefined) session = reply.session;
    heard.push(reply.answer.replies.map((said) => String(Object(said).text)));
  }
  return heard;
}

const NONE = {
  token: '',
  agent_secret: '',
  previous_agent_secret: null,
  agent_headers: {},
  webhook_token: '',
  webhook_header: '',
  incoming_request_token: '',
};

async function isUp(address: string, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    const answer = await fetch(address).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function freePort(): Promise<number> {
  const { port, close } = await listenOnLoopback((_, response) => response.end());
  await close();
  return port;
}
