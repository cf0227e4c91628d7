// What is done with the deployed product, and what must hold of it.
import { execFile } from 'node:child_process';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { ChannelAnswer } from '../../shared/contract/channel-answer.ts';
import { REGION, ROOT_KEYS } from './mini-stack.ts';
import { TOKEN, type World } from './world.ts';

/** A job whose function was ended comes back after 190 s: the time limit of the worker and a minute. */
const PATIENCE_MS = 260_000;
const CHATS = 10;
const EACH = 3;

/** What was waited for, in order, and whether it came to be. */
export const findings: { what: string; so: boolean }[] = [];

/** Waits until something is so, says whether it came to be, and how long it took. */
export async function held(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const startedAt = Date.now();
  let so = false;
  while (!so && Date.now() - startedAt < PATIENCE_MS) {
    so = await isSo();
    if (!so) await setTimeout(50);
  }
  findings.push({ what, so });
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  console.log(`${so ? 'held ' : 'BROKE'}  ${what}  (${seconds} s)`);
}

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const phoneOf = (chat: number) => `49170555${String(chat).padStart(4, '0')}`;

/** The project's own command line, in a process of its own, with AWS credentials in its environment. */
export function commandLine(
  api: string,
  args: string[],
  input: string,
  more: Record<string, string> = {},
) {
  const main = join(import.meta.dirname, '../../infra/cli/main.cjs');
  const env = {
    PATH: process.env.PATH ?? '',
    AWS_ACCESS_KEY_ID: ROOT_KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ROOT_KEYS.secretAccessKey,
    AWS_REGION: REGION,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    ...more,
  };
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [main, ...args, '--url', api, '--region', REGION],
      { env },
      (_, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

export async function makeChannel(api: string, { agent, providerUrl, provider }: World) {
  const line = ['create', '--title', 'Rehearsal', '--agent-url', agent.url, '--active', '--json'];
  const { code, stdout, stderr } = await commandLine(
    api,
    [...line, '--base-url', providerUrl],
    TOKEN,
  );
  if (code !== 0) throw new Error(`the channel was not created: ${stdout}${stderr}`);
  const { channel, api_key: apiKey = '', warnings } = JSON.parse(stdout) as ChannelAnswer;
  await held(
    'the command line makes a channel through the signed admin endpoint',
    () => channel.active,
  );
  await held(
    'its webhook is registered at 360dialog, without a warning',
    () => same(warnings, []) && provider.account(TOKEN).webhook?.url === channel.webhook_url,
  );
  return { id: channel.id, apiKey };
}

/** Each visitor's messages, posted one after the other, with some of them twice. */
export async function talk(world: World, from: number, label: string): Promise<void> {
  const chats = Array.from({ length: CHATS }, (_, chat) => phoneOf(from + chat));
  const texts = Array.from({ length: EACH }, (_, at) => `${label} ${at}`);
  await Promise.all(
    chats.map(async (phone) => {
      for (const text of texts) {
        await world.say(phone, text);
        await world.say(phone, text);
      }
    }),
  );
  const wanted = texts.map((text) => `You said: ${text}`);
  await held(
    `${CHATS * EACH} messages of ${CHATS} visitors, each posted twice, are answered once and in order (${label})`,
    () => chats.every((phone) => same(world.texts(phone), wanted)),
  );
  const asked = world.agent.turns().map(({ event }) => event.event.id);
  await held(
    `the agent was asked once about each (${label})`,
    () => asked.length === new Set(asked).size,
  );
}

export async function carryFiles(world: World): Promise<void> {
  const { agent, provider, picture, pictureUrl } = world;
  const phone = phoneOf(500);
  agent.next({
    replies: [{ type: 'attachment', kind: 'image', url: pictureUrl, send_as: 'file' }],
  });
  const bytes = await world.show(phone);
  const fileUrl = () =>
    agent
      .turns()
      .flatMap(({ event }) =>
        'message' in event && 'file' in event.message
          ? [(event.message.file as { url?: string }).url ?? '']
          : [],
      )[0];
  await held('the agent is asked about a picture', () => fileUrl() !== undefined);
  const address = (fileUrl() ?? '').replace('signature=', 'mark='); // left-out.ts says why
  const answer = await fetch(address);
  const got = Buffer.from(await answer.arrayBuffer());
  await held('the agent reads it at its signed address, byte for byte', () => got.equals(bytes));
  const forged = await fetch(`${address.slice(0, -2)}xx`);
  await held(
    'a forged address is turned away',
    () => forged.status === 404 || forged.status === 403,
  );
  const sent = () => provider.sent.find(({ request }) => request.phone === phone);
  await held('the agent’s picture is uploaded and sent by id', () => {
    const { image } = (sent()?.request.body ?? {}) as { image?: { id?: string } };
    return provider.account(TOKEN).files.find(image?.id ?? '')?.sizeBytes === picture.length;
  });
}

export async function callEndpoints(channel: string, apiKey: string, world: World): Promise<void> {
  const phone = phoneOf(0);
  const post = (key: string) =>
    fetch(`${channel}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ to: { phone }, replies: ['By the way'] }),
    });
  const refused = await post('not-the-key');
  await held('a call with another key is refused', () => refused.status === 401);
  const taken = (await (await post(apiKey)).json()) as { replies?: { reply_id: string }[] };
  await held('a message that the agent sends on its own arrives', () =>
    world.texts(phone).includes('By the way'),
  );
  await held('what became of it can be read: delivered', async () => {
    const headers = { authorization: `Bearer ${apiKey}` };
    const answer = await fetch(`${channel}/replies/${taken.replies?.[0]?.reply_id}`, { headers });
    return (await answer.text()).includes('"delivered"');
  });
}

/** What the command line tells of a visitor's last message, from the table and the functions' logs. */
export async function tellStory(api: string, url: string, world: World): Promise<void> {
  const phone = phoneOf(0);
  const { event } = world.agent.turns().find(({ event }) => isOf(event, phone)) ?? {};
  const id = event && 'message' in event ? event.message.id : '';
  const story = async () => {
    const line = ['trace', id, '--json'];
    const { stdout } = await commandLine(api, line, '', { AWS_ENDPOINT_URL: url });
    return stdout;
  };
  await held(
    'trace tells the story of a message from the table and the logs of the functions',
    async () => {
      const told = await story();
      const rooms = ['webhook', 'worker', 'send', 'statuses'];
      return (
        rooms.every((room) => told.includes(`"room": "${room}"`)) && told.includes('"missing": []')
      );
    },
  );
  const told = await story();
  await held(
    'it shows neither words nor the phone number',
    () => !/version|You said/.test(told) && !told.includes(phone),
  );
}

const isOf = (event: object, phone: string): boolean => JSON.stringify(event).includes(phone);
