import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listenOnLoopback } from '../../infra/local/http/listen-on-loopback.ts';
import { askAgent } from '../../shared/agent/ask-agent.ts';
import { askWhetherReady } from '../../shared/agent/ready.ts';
import type { AgentSession } from '../../shared/contract/chat.ts';
import { askedEvent } from '../support/asked-event.ts';
import { PLACE, type RealAgent } from './real-agents.ts';

export interface Heard {
  /** What a check finds; null: there is nothing to ask. */
  found: string | null;
  /** What the visitor gets for each message. */
  talk: string[][];
}

/** Starts the real server, checks it, and talks to it. Rejects when it does not come up. */
export async function talkTo(agent: RealAgent): Promise<Heard> {
  const folder = mkdtempSync(join(tmpdir(), 'real-agent-'));
  // Some write beside their settings: not into the sources.
  cpSync(import.meta.dirname, folder, { recursive: true });
  const servers: ChildProcess[] = [];
  const start = ([name, ...words]: [string, ...string[]]) => {
    const { PATH, HOME } = process.env;
    const server = spawn(join(PLACE, agent.program.name, 'bin', name), words, {
      cwd: folder,
      stdio: 'ignore',
      env: { PATH, HOME, ...QUIET },
    });
    servers.push(server);
    return server;
  };
  try {
    if (agent.prepare) {
      const [code] = await once(start(agent.prepare), 'exit');
      if (code !== 0) throw new Error(`${agent.prepare.join(' ')} ended with ${code}`);
    }
    const port = await freePort();
    const host = `http://127.0.0.1:${port}`;
    await isUp(`${host}${agent.up}`, start(agent.command(String(port))));
    return await converse(agent, agent.url(host));
  } finally {
    for (const server of servers) server.kill('SIGKILL');
    await Promise.all(servers.map(hasEnded));
    rmSync(folder, { recursive: true, force: true });
  }
}

const QUIET = {
  LANGSMITH_TRACING: 'false',
  RASA_TELEMETRY_ENABLED: 'false',
  LITELLM_LOCAL_MODEL_COST_MAP: 'True',
  PYTHONDONTWRITEBYTECODE: '1',
};

async function converse(agent: RealAgent, url: string): Promise<Heard> {
  const { kind, settings, apiKey, talk } = agent;
  const channel = {
    agent: { kind, url, timeout_ms: 30_000, events: null, header_names: [], ...settings },
  };
  const secrets = { ...NONE, ...(apiKey && { agent_api_key: apiKey }) };
  const ready = await askWhetherReady({
    ...{ channel, secrets, eventId: 'evt_ready', reach: 'local', now: 0, timeoutMs: 10_000 },
  });
  if (ready.kind !== 'unasked' && ready.kind !== 'ready') throw new Error(JSON.stringify(ready));
  const found = ready.kind === 'ready' ? (ready.found ?? JSON.stringify(ready.doubt)) : null;
  let session: AgentSession | null = null;
  const heard: string[][] = [];
  for (const [at, [says]] of talk.entries()) {
    const event = askedEvent({ message: messageOf(says) });
    event.event.id = `evt_${at}`;
    const { reply } = await askAgent({
      ...{ channel, secrets, event, reach: 'local', now: 0, session },
      awsKeys: () => ({ accessKeyId: 'invented', secretAccessKey: 'invented' }),
    });
    if (reply.kind !== 'answered') throw new Error(JSON.stringify(reply));
    if (reply.session !== undefined) session = reply.session;
    heard.push(reply.answer.replies.map(inWords));
  }
  return { found, talk: heard };
}

const messageOf = (says: RealAgent['talk'][number][0]) =>
  typeof says === 'string'
    ? { text: says }
    : { kind: 'choice', text: '', option: { id: says.tap, label: says.tap }, via: 'tap' };

/** A reply in one line: its words, its buttons with what they mean, the address of a picture with its caption. */
function inWords(reply: unknown): string {
  const { text, url, caption, buttons } = Object(reply);
  const shown = (buttons ?? []).map(
    ({ label, id }: Record<string, unknown>) => `[${[label, id].filter(Boolean).join(' ')}]`,
  );
  return [text, url, caption, ...shown].filter(Boolean).join(' ');
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

const hasEnded = async (server: ChildProcess): Promise<void> => {
  if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
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
