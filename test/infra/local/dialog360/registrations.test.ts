import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Dialog360Double } from '../../../../infra/local/dialog360/double.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'registrations-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (publicUrl: string) =>
  new Dialog360Double({ keepIn: { file: join(folder, 'kept/360dialog.json'), publicUrl } });

test('registered webhooks outlive a restart, and follow the runtime to another port', async () => {
  const before = at('http://localhost:3000');
  for (const [key, url] of [
    ['ours', 'http://localhost:3000/webhooks/ch_1/t'],
    ['foreign', 'http://localhost:30001/webhooks/ch_1/t'],
  ] as const) {
    await before.answerTo({
      method: 'POST',
      path: '/v1/configs/webhook',
      query: '',
      headers: { 'd360-api-key': key },
      body: Buffer.from(JSON.stringify({ url, headers: { 'x-secret': key } })),
      sizeBytes: 1,
      sourceIp: '127.0.0.1',
    });
  }

  const after = at('http://localhost:4000');
  expect(after.account('ours').webhook).toEqual({
    url: 'http://localhost:4000/webhooks/ch_1/t',
    headers: { 'x-secret': 'ours' },
  });
  expect(after.account('foreign').webhook?.url).toBe('http://localhost:30001/webhooks/ch_1/t');
});
