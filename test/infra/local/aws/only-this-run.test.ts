import { afterAll, beforeAll, expect, test } from 'vitest';
import { QUEUES } from '../../../../infra/functions.ts';
import { RUN_TOKEN } from '../../../../infra/local/aws/client-options.ts';
import { type LocalAws, startAws } from '../../../../infra/local/aws/start-aws.ts';
import { attack } from '../../../support/attack.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startAws(null, QUEUES);
});
afterAll(() => aws.stop());

// biome-ignore format: a table reads by line
const strangers: { who: string; headers?: Record<string, string>; without?: string }[] = [
  { who: 'a page of another site',                headers: { origin: 'https://evil.example' } },
  { who: 'a page of this machine',                headers: { origin: 'http://localhost:3000' } },
  { who: 'a page that hides its origin',          headers: { origin: 'null' } },
  { who: 'a foreign name for this machine',       headers: { host: 'evil.example' } },
  { who: 'a name that begins like this machine',  headers: { host: 'localhost.evil.example' } },
  { who: 'a program without the token',           without: 'x-amz-security-token' },
  { who: 'a program with another token',          headers: { 'x-amz-security-token': 'x'.repeat(43) } },
];

test.each(strangers)('no emulator answers $who', async ({ headers = {}, without }) => {
  for (const [service, target] of [
    ['dynamodb', 'DynamoDB_20120810.Scan'],
    ['sqs', 'AmazonSQS.ListQueues'],
    ['ssm', 'AmazonSSM.GetParameter'],
  ] as const) {
    const url = new URL(aws.endpoints[service]);
    const usual = { host: url.host, 'x-amz-target': target, 'x-amz-security-token': RUN_TOKEN };
    const all = Object.entries({ ...usual, ...headers }).filter(([name]) => name !== without);
    const answer = await attack(
      url.href,
      {
        what: '',
        method: 'POST',
        path: '/',
        headers: Object.fromEntries(all),
        body: {},
        status: 403,
      },
      {},
    );
    expect([service, answer.status]).toEqual([service, 403]);
    expect(Object.keys(answer.headers).filter((name) => /^access-control/.test(name))).toEqual([]);
  }
});

test('no emulator lets a browser ask first', async () => {
  for (const url of Object.values(aws.endpoints)) {
    const answer = await fetch(url, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example' },
    });
    expect(answer.status).toBe(403);
  }
});
