import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { json } from '../../../infra/local/http/serve.ts';
import { MAX_MEDIA_BYTES } from '../../../shared/dialog360/download-media.ts';
import { until } from '../../support/runtime-until.ts';
import { openMediaStage, takes } from './stage.ts';

const stage = openMediaStage();
const usual = { reach: 'local', lookUpMs: 2_000, answerMs: 2_000, idleMs: 2_000 } as const;
afterEach(() => {
  stage.deps.limits = usual;
});

const LOOKUP = /^\/\d+$/;
const OLD = /^\/v1\/media\//;

/** A body of the provider's that the test feeds. */
function feed(headers: Record<string, string> = {}) {
  const body = new Readable({ read() {} });
  stage.answers(OLD, { status: 200, headers: { 'content-type': 'image/jpeg', ...headers }, body });
  return body;
}
const oldLink = async () => stage.link(await stage.channel({ hosting: 'on-premise' }), '1');

describe('a transfer', () => {
  test('that ends in the middle breaks off: the caller does not take half a file for a whole one', async () => {
    const body = feed({ 'content-length': '10' });
    body.push('01234');
    const asking = stage.ask(await oldLink());
    await until(() => stage.asked().length > 0);
    body.destroy(new Error('gone'));
    const answer = await asking;
    expect(answer).toMatchObject({ status: 200, whole: false });
    expect(answer.headers['content-length']).toBe('10');
  });

  test('that says a longer length than it has breaks off', async () => {
    const body = feed({ 'content-length': '10' });
    body.push('01234');
    body.push(null);
    expect(await stage.ask(await oldLink())).toMatchObject({ status: 200, whole: false });
  });

  test('whose lookup told another length: what arrives has its own, and that one is told', async () => {
    stage.answers(LOOKUP, json(200, { url: 'https://lookaside.fbsbx.com/x', file_size: 99 }));
    stage.answers(/^\/x$/, { status: 200, headers: { 'content-length': '5' }, body: '01234' });
    const answer = await stage.ask(stage.link(await stage.channel(), '1'));
    expect(answer).toMatchObject({ status: 200, body: Buffer.from('01234'), whole: true });
    expect(answer.headers['content-length']).toBe('5');
  });

  test('without a length arrives whole, and none is made up', async () => {
    const body = feed();
    for (const piece of ['01', '23', '4']) body.push(piece);
    body.push(null);
    const answer = await stage.ask(await oldLink());
    expect(answer).toMatchObject({ status: 200, body: Buffer.from('01234'), whole: true });
    expect(answer.headers).not.toHaveProperty('content-length');
  });

  test('without a length, of more than 100 MB, breaks off there', async () => {
    const piece = Buffer.alloc(1024 * 1024);
    const pieces = function* () {
      for (let at = 0; at < 102; at++) yield piece;
    };
    stage.answers(OLD, { status: 200, body: Readable.from(pieces()) });
    const answer = await stage.ask(await oldLink());
    expect(answer.whole).toBe(false);
    expect(answer.body.length).toBeLessThanOrEqual(MAX_MEDIA_BYTES);
    expect(answer.body.length).toBeGreaterThan(MAX_MEDIA_BYTES - 2 * piece.length);
  }, 30_000);

  test('of exactly 100 MB arrives', async () => {
    const piece = Buffer.alloc(1024 * 1024);
    const pieces = function* () {
      for (let at = 0; at < 100; at++) yield piece;
    };
    const headers = { 'content-length': String(MAX_MEDIA_BYTES) };
    stage.answers(OLD, { status: 200, headers, body: Readable.from(pieces()) });
    const answer = await stage.ask(await oldLink());
    expect([answer.whole, answer.body.length]).toEqual([true, MAX_MEDIA_BYTES]);
  }, 30_000);

  test('that stops arriving breaks off once the time is up', async () => {
    stage.deps.limits = { ...usual, idleMs: 60 };
    feed({ 'content-length': '10' }).push('01234');
    expect(await stage.ask(await oldLink())).toMatchObject({ status: 200, whole: false });
  });

  test('that the caller takes slowly does not break off: it is not the provider who is late', async () => {
    stage.deps.limits = { ...usual, idleMs: 60 };
    const size = 4 * 1024 * 1024;
    stage.answers(OLD, {
      status: 200,
      headers: { 'content-length': String(size) },
      body: Buffer.alloc(size),
    });
    let taken = 0;
    let rested = false;
    const out = takes(async (chunk) => {
      taken += chunk.length;
      if (rested || taken < 100_000) return;
      rested = true; // once, for longer than the provider may
      await pause(300);
    });
    await stage.open(await oldLink(), out);
    expect(rested).toBe(true);
    expect(taken).toBeGreaterThanOrEqual(size);
  });

  test('whose caller hangs up ends the fetch, and is no miss', async () => {
    const body = feed();
    body.push('01234');
    let ended = false;
    body.on('close', () => {
      ended = true;
    });
    let taken = 0;
    const out = takes((chunk) => {
      taken += chunk.length;
    });
    const url = await oldLink();
    stage.table.calls.splice(0);
    const open = stage.open(url, out);
    await until(() => taken > 5);
    out.destroy();
    await open;
    await until(() => ended, { what: 'the end of the fetch' });
    expect(stage.table.calls).toEqual(['GetItem', 'GetItem']);
  });

  test.each([
    { step: 'the lookup', path: LOOKUP, hosting: 'cloud' },
    { step: 'the file', path: OLD, hosting: 'on-premise' },
  ] as const)('whose caller hangs up while $step is waited for ends there, and is no miss', async ({
    path,
    hosting,
  }) => {
    stage.deps.limits = { ...usual, lookUpMs: 60_000, answerMs: 60_000 };
    stage.answers(path, 'no-answer');
    const out = takes(() => {});
    const url = stage.link(await stage.channel({ hosting }), '1');
    stage.table.calls.splice(0);
    const open = stage.open(url, out);
    await until(() => stage.asked().length > 0);
    out.destroy();
    await open;
    expect(stage.table.calls).toEqual(['GetItem', 'GetItem']);
    expect(stage.asked()).toHaveLength(1);
  });
});
