import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { json } from '../../infra/local/http/serve.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { sendFile } from '../support/journey-files.ts';
import { until } from '../support/runtime-until.ts';

const MB = 1024 * 1024;
const SIZE = 60 * MB;
const hasProc = existsSync('/proc/self/clear_refs');

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.stop());

/** Of a process, in MB: what it has in memory now, or had at most since `forgetPeak`. */
const memoryOf = (pid: number, which: 'VmRSS' | 'VmHWM'): number =>
  Number(
    readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`${which}:\\s+(\\d+)`))?.[1],
  ) / 1024;
const forgetPeak = (pid: number) => writeFileSync(`/proc/${pid}/clear_refs`, '5');

/** The address the agent is given of a document with this id. */
async function addressOf(id: string): Promise<string> {
  const content = { id, mime_type: 'application/zip', filename: 'archive.zip' };
  const { file } = await sendFile(journey, 'document', content);
  return file.url ?? expect.fail('there is no address');
}

interface Archive {
  sha256: string;
  /** How much of it the provider has sent, in MB, and whether it has ended, one way or the other. */
  sent: number;
  ended: boolean;
}

/** A file that the provider makes while it sends it, so that it is never in this process whole either. */
function holdArchive(id: string): Archive {
  const piece = randomBytes(MB);
  const hash = createHash('sha256');
  for (let at = 0; at < SIZE; at += MB) hash.update(piece);
  const archive: Archive = { sha256: hash.digest('hex'), sent: 0, ended: false };
  const pieces = function* () {
    for (; archive.sent < SIZE / MB; archive.sent += 1) yield piece;
  };
  const url = `https://lookaside.fbsbx.com/whatsapp_business/attachments/${id}`;
  journey.provider.onRequest(({ path }) => {
    if (path === `/${id}`) return json(200, { url });
    if (path !== new URL(url).pathname) return undefined;
    const body = Readable.from(pieces()).on('close', () => {
      archive.ended = true;
    });
    return { status: 200, headers: { 'content-length': String(SIZE) }, body };
  });
  return archive;
}

describe.skipIf(!hasProc)('a file of 60 MB', () => {
  test('is passed on while the function’s memory stays within 64 MB of where it started', async () => {
    const { sha256 } = holdArchive('60');
    const url = await addressOf('60');
    const functions = journey.runtime.pids('media').map((pid) => {
      forgetPeak(pid);
      return { pid, beforeMb: memoryOf(pid, 'VmRSS') };
    });
    const answer = await fetch(url);
    expect(answer.headers.get('content-length')).toBe(String(SIZE));
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of answer.body ?? []) {
      size += chunk.length;
      hash.update(chunk);
    }
    expect(journey.runtime.pids('media')).toEqual(functions.map(({ pid }) => pid));
    for (const { pid, beforeMb } of functions) {
      const peakMb = memoryOf(pid, 'VmHWM');
      expect(peakMb - beforeMb, `${beforeMb} MB before, ${peakMb} MB at most`).toBeLessThan(64);
    }
    expect([size, hash.digest('hex')]).toEqual([SIZE, sha256]);
  });

  test('whose caller hangs up in the middle is fetched no further, and the function goes on', async () => {
    const archive = holdArchive('61');
    const caller = new AbortController();
    const answer = await fetch(await addressOf('61'), { signal: caller.signal });
    await answer.body?.getReader().read();
    caller.abort();
    await until(() => archive.ended, { what: 'the end of the fetch' });
    expect(archive.sent).toBeLessThan(SIZE / MB);
    await journey.runtime.idle();
    expect((await fetch(await addressOf('61'), { method: 'HEAD' })).status).toBe(200);
  });
});
