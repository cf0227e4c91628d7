import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { borrowRuntime } from '../../support/borrow-runtime.ts';
import type { TestRuntime } from '../../support/runtime.ts';
import { type } from './terminal.ts';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await borrowRuntime();
});
afterAll(() => runtime.stop());

const local = (line: string[], input = '') =>
  type([...line, '--port', new URL(runtime.url).port], { input });
const asProgram = async (line: string[], input = '') => {
  const { code, stdout } = await local([...line, '--json'], input);
  return { code, json: JSON.parse(stdout) };
};

test('a channel is exported as the file that makes it anew, without its secrets', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'channel-export-'));
  try {
    const made = await asProgram(
      [
        ...['create', '--title', 'Moved', '--option', 'park_hours=7'],
        ...['--agent-url', 'http://127.0.0.1:9/', '--agent-timeout-ms', '5000'],
      ],
      'key-of-moved-1234\n',
    );
    const exported = await local(['export', made.json.channel.id]);
    expect(exported).toMatchObject({ code: 0, stderr: '' });
    expect(exported.stdout).not.toMatch(/token|secret|…|ch_/);
    const file = join(folder, 'moved.json');
    writeFileSync(file, exported.stdout);
    const again = await asProgram(['create', '--from', file], 'key-of-moved-1234\n');
    expect(again.code).toBe(0);
    const { title, hosting, base_url, agent: to, options } = made.json.channel;
    expect(again.json.channel).toMatchObject({ title, hosting, base_url, agent: to, options });
    expect(again.json.channel.id).not.toBe(made.json.channel.id);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the export of an agent with a key and headers of its own holds neither, and not their masks', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'channel-export-'));
  try {
    const file = join(folder, 'model.json');
    const agent = { kind: 'openai-chat', url: 'http://127.0.0.1:9/v1', model: 'gpt-5-mini' };
    const secrets = { api_key: 'sk-model-key', headers: { 'x-gate': 'words-of-the-gate' } };
    const ears = { url: 'http://127.0.0.1:9/v1', model: 'whisper-1' };
    const options = { transcription: { ...ears, ...secrets } };
    const channel = { title: 'Model', agent: { ...agent, ...secrets }, options };
    writeFileSync(file, JSON.stringify(channel));
    const made = await asProgram(['create', '--from', file], 'key-of-model-1234\n');
    expect(made).toMatchObject({ code: 0, json: { channel: { agent: { api_key: '…' } } } });
    const { json } = await asProgram(['export', made.json.channel.id]);
    expect(json.agent).toEqual(expect.objectContaining(agent));
    expect(Object.keys(json.agent)).not.toContain('api_key');
    expect(Object.keys(json.agent)).not.toContain('headers');
    expect(json.options.transcription).toEqual(ears);
    expect(JSON.stringify(json)).not.toMatch(/…|sk-model|gate/);
    writeFileSync(file, JSON.stringify(json));
    const again = await asProgram(['create', '--from', file], 'key-of-model-1234\n');
    expect(again).toMatchObject({ code: 0, json: { channel: { agent } } });
    expect(again.json.channel.agent.api_key).toBeUndefined();
    expect(again.json.channel.options.transcription).toEqual({ ...ears, headers: {} });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the key of a transcriber is no argument of a command', async () => {
  const secret = '{"url":"https://speech.example","model":"m","api_key":"sk-speech"}';
  const plain = ['create', '--title', 'T', '--agent-url', 'http://127.0.0.1:9/'];
  const refused = await asProgram([...plain, '--option', `transcription=${secret}`], 'key-1234\n');
  expect(refused.code).toBe(2);
});
