import { expect, test } from 'vitest';
import type { HttpAnswer } from '../../../infra/local/http/serve.ts';
import { fetchFile } from '../../../shared/dialog360/foreign-file.ts';
import { useProviderStub } from '../../support/provider-stub.ts';

/** Stands for the server that holds the file. */
const server = useProviderStub();
const address = () => `${server.account().base_url}/a.png`;
const MB = 1024 * 1024;

test('a file comes with what its server says it is', async () => {
  const body = Buffer.from([0, 1, 255]);
  server.says({ status: 200, headers: { 'content-type': 'image/png' }, body });
  expect(await fetchFile(address(), { reach: 'local' })).toEqual({
    kind: 'fetched',
    bytes: body,
    claimedType: 'image/png',
  });
  expect(server.asked[0]?.headers).not.toHaveProperty('d360-api-key');
  server.says({ status: 200, body });
  expect(await fetchFile(address(), { reach: 'local' })).toMatchObject({ claimedType: null });
});

// biome-ignore format: a table reads by column
const failures: { when: string; answer: HttpAnswer; reason: string }[] = [
  { when: 'it is not there',       answer: { status: 404 },                                                reason: 'HTTP 404' },
  { when: 'only a part comes',     answer: { status: 206, body: 'x' },                                     reason: 'HTTP 206' },
  { when: 'it leads elsewhere',    answer: { status: 302, headers: { location: 'http://169.254.169.254/' } }, reason: 'HTTP 302, and redirects are not followed' },
  { when: 'it is empty',           answer: { status: 200, body: '' },                                      reason: 'it is empty' },
  { when: 'it is too large',       answer: { status: 200, body: Buffer.alloc(24 * MB + 1) },               reason: 'it is larger than 24 MB' },
  { when: 'the connection breaks', answer: 'reset',                                                        reason: 'the connection broke off' },
];

test.each(failures)('when $when: $reason', async ({ answer, reason }) => {
  server.says(answer);
  expect(await fetchFile(address(), { reach: 'local' })).toEqual({ kind: 'failed', reason });
});

test.each([
  'https://169.254.169.254/latest/meta-data/',
  'https://10.0.0.1/a.png',
  'https://[::1]/a.png',
  'http://cdn.example/a.png',
])('from the cloud %s is not asked', async (url) => {
  expect(await fetchFile(url, { reach: 'public' })).toMatchObject({
    kind: 'failed',
    reason: expect.stringMatching(/^the address is not/),
  });
});
