import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { RUN_TOKEN } from '../../infra/local/aws/client-options.ts';
import { json } from '../../infra/local/http/serve.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import {
  fetchFile,
  holdFile,
  PROVIDER_KEY,
  sendFile,
  someBytes,
  type ToldFile,
} from '../support/journey-files.ts';
import { editChannel } from '../support/journey-visitor.ts';
import { until } from '../support/runtime-until.ts';

let journey: Journey;
const takeBack: (() => void)[] = [];
beforeAll(async () => {
  journey = await startJourney();
});
afterEach(() => {
  for (const remove of takeBack.splice(0)) remove();
});
afterAll(() => journey.stop());

/** What the provider was asked for, beside the replies that are sent meanwhile. */
const downloads = () => journey.provider.requests.filter(({ method }) => method === 'GET');
const problemOf = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  return (await answer.json()) as { code: string; detail: string };
};
const refuse = (path: RegExp, answer: Parameters<typeof json>) =>
  takeBack.push(
    journey.provider.onRequest((request) =>
      path.test(request.path) ? json(...answer) : undefined,
    ),
  );

test('an address that was changed opens nothing', async () => {
  const id = holdFile(journey, PROVIDER_KEY, { mimeType: 'image/png', bytes: someBytes() });
  const { file } = await sendFile(journey, 'image', { id, mime_type: 'image/png' });
  const asked = downloads().length;
  for (const wrong of [`${file.url}A`, file.url?.replace(id, '..%2f..%2fv1%2fconfigs')]) {
    const answer = await fetch(wrong ?? '');
    expect(answer.status).toBe(403);
    expect(await problemOf(answer)).toMatchObject({ code: 'media-link-invalid' });
  }
  expect(downloads()).toHaveLength(asked);
});

test('the key that signs can be rotated: old addresses hold, new ones are signed with the new key', async () => {
  const id = holdFile(journey, PROVIDER_KEY, { mimeType: 'image/png', bytes: someBytes() });
  const { file } = await sendFile(journey, 'image', { id, mime_type: 'image/png' });
  await putMediaKey('a new key of the operator’s');
  // Functions that were started before read it within ten minutes; new ones at once.
  await Promise.all(['worker', 'media'].map((name) => endProcesses(name as 'worker' | 'media')));
  const { file: newer } = await sendFile(journey, 'image', { id, mime_type: 'image/png' });
  const versionOf = ({ url }: ToldFile) => Number(new URL(url ?? '').searchParams.get('key'));
  expect(versionOf(newer)).toBe(versionOf(file) + 1);
  expect([(await fetchFile(file)).status, (await fetchFile(newer)).status]).toEqual([200, 200]);
});

async function putMediaKey(Value: string): Promise<void> {
  const answer = await fetch(journey.runtime.aws.endpoints.ssm, {
    method: 'POST',
    headers: {
      'x-amz-target': 'AmazonSSM.PutParameter',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-security-token': RUN_TOKEN,
    },
    body: JSON.stringify({
      Name: '/local/channels/media-key',
      Value,
      Type: 'SecureString',
      Overwrite: true,
    }),
  });
  expect(answer.status).toBe(200);
}

async function endProcesses(name: 'worker' | 'media'): Promise<void> {
  const before = journey.runtime.pids(name);
  for (const pid of before) process.kill(pid, 'SIGKILL');
  await until(() => journey.runtime.pids(name).every((pid) => !before.includes(pid)));
}

test('360dialog has the file no more: 404, and it is asked once', async () => {
  const { file } = await sendFile(journey, 'image', { id: '4040404040', mime_type: 'image/png' });
  const first = await fetchFile(file);
  expect(first.status).toBe(404);
  expect(await problemOf(first)).toMatchObject({ code: 'media-gone' });
  const asked = downloads().length;
  expect((await fetchFile(file)).status).toBe(404);
  expect(downloads()).toHaveLength(asked);
});

test('360dialog refuses: 502 with its words; and its trouble is ours: 503 with Retry-After', async () => {
  const files = ['image/png', 'image/jpeg'].map((mimeType) =>
    holdFile(journey, PROVIDER_KEY, { mimeType, bytes: someBytes() }),
  );
  const [refused = '', broken = ''] = files;
  refuse(new RegExp(`/${refused}$`), [403, { meta: { developer_message: 'Number blocked' } }]);
  refuse(new RegExp(`/${broken}$`), [500, {}]);
  const first = await fetchFile((await sendFile(journey, 'image', { id: refused })).file);
  expect([first.status, first.headers.get('retry-after')]).toEqual([502, '300']);
  expect((await problemOf(first)).detail).toContain('Number blocked');
  const second = await fetchFile((await sendFile(journey, 'image', { id: broken })).file);
  expect([second.status, second.headers.get('retry-after')]).toEqual([503, '30']);
});

test('the send function alone marks channels: a refused key at a download blocks nothing', async () => {
  const id = holdFile(journey, PROVIDER_KEY, { mimeType: 'image/png', bytes: someBytes() });
  refuse(new RegExp(`/${id}$`), [401, { meta: { developer_message: 'Invalid api_key' } }]);
  const { file } = await sendFile(journey, 'image', { id });
  expect((await fetchFile(file)).status).toBe(502);
  const channel = await journey.item(`CHANNEL#${journey.channel.id}`, 'CHANNEL');
  expect(channel).not.toHaveProperty('blocked');
});

test('nothing of a file stays in the table or in what the functions write', async () => {
  const words = 'a sentence that stands in a document of the visitor';
  const bytes = Buffer.from(words);
  const id = holdFile(journey, PROVIDER_KEY, { mimeType: 'text/plain', bytes });
  const content = { id, mime_type: 'text/plain', filename: 'a very private name.txt' };
  const { file } = await sendFile(journey, 'document', content);
  expect(await (await fetchFile(file)).text()).toBe(words);
  await journey.runtime.idle();
  const lines = journey.runtime.output.map(({ line }) => line).join('\n');
  for (const secret of [words, 'very private name', new URL(file.url ?? '').search]) {
    expect(lines).not.toContain(secret);
    expect(JSON.stringify(await journey.items(''))).not.toContain(secret);
  }
});

test('in the sandbox there is no address, and the event says so', async () => {
  await editChannel(journey, { hosting: 'sandbox' });
  const { file, clientMessage } = await sendFile(journey, 'image', {
    id: '77',
    mime_type: 'image/png',
  });
  expect(file).toMatchObject({ url: null, expires_at: null, unavailable: 'sandbox' });
  expect(clientMessage).toBe('file:image|77|');
  await editChannel(journey, { hosting: 'cloud' });
});
