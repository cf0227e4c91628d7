import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type HttpAnswer, serve } from '../../infra/local/http/serve.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { editChannel, type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';
import { LoopbackServers } from '../support/loopback-servers.ts';
import { until } from '../support/runtime-until.ts';

const servers = new LoopbackServers();
/** The files at the agent's own server, by path. */
const shelf = new Map<string, HttpAnswer>();
let shop = '';
let journey: Journey;
beforeAll(async () => {
  const { port } = await servers.http(serve(({ path }) => shelf.get(path) ?? { status: 404 }));
  shop = `http://127.0.0.1:${port}`;
  journey = await startJourney({ statuses: ['sent'] });
});
afterAll(async () => {
  await journey.stop();
  await servers.closeAll();
});
afterEach(() => {
  Object.assign(journey.provider.files, { links: 'taken', uploads: 'taken' });
  journey.provider.statuses.tell = ['sent'];
  expect(journey.provider.refusals).toEqual([]);
});

const LINK = 'https://cdn.example/a.jpg';
const put = (name: string, head: string, type: string) => {
  const body = Buffer.concat([Buffer.from(head, 'latin1'), Buffer.alloc(100)]);
  shelf.set(`/${name}`, { status: 200, headers: { 'content-type': type }, body });
  return `${shop}/${name}`;
};
const attachment = (more: object = {}) => ({
  type: 'attachment',
  kind: 'image',
  url: LINK,
  ...more,
});
const degraded = (visitor: JourneyVisitor) =>
  visitor.news().map(({ status, code }) => (status === 'degraded' ? code : status));

test('the agent sends files by their links, and the visitor gets them as files with their captions', async () => {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits(
    attachment({ caption: 'Look' }),
    attachment({ kind: 'file', url: 'https://cdn.example/a/Pr%C3%A9cis.pdf' }),
  );
  expect(visitor.bodies()).toEqual([
    expect.objectContaining({ type: 'image', image: { link: LINK, caption: 'Look' } }),
    expect.objectContaining({
      type: 'document',
      document: { link: 'https://cdn.example/a/Pr%C3%A9cis.pdf', filename: 'Précis.pdf' },
    }),
  ]);
  expect(visitor.news()).toEqual([]);
});

test('the visitor gets an http link as text, and the agent hears that it was degraded', async () => {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits(attachment({ url: 'http://cdn.example/a.jpg', caption: 'Look' }));
  expect(visitor.texts()).toEqual(['Look\nhttp://cdn.example/a.jpg']);
  expect(degraded(visitor)).toEqual(['media-as-link']);
});

test('with send_as file the sender fetches a file, finds out its type, uploads it and sends it by id', async () => {
  const visitor = meetVisitor(journey);
  const voice = `OggS${'\x00'.repeat(24)}OpusHead`;
  await visitor.promptsAndWaits(
    attachment({ send_as: 'file', url: put('a', '\x89PNG\r\n\x1a\n', 'application/octet-stream') }),
    attachment({ send_as: 'file', url: put('b', 'GIF89a', 'image/gif') }),
    attachment({ send_as: 'file', kind: 'audio', voice: true, url: put('c', voice, 'audio/ogg') }),
  );
  const id = expect.stringMatching(/^\d+$/);
  expect(visitor.bodies()).toEqual([
    expect.objectContaining({ type: 'image', image: { id } }),
    expect.objectContaining({ type: 'document', document: { id, filename: 'b' } }),
    expect.objectContaining({ type: 'audio', audio: { id, voice: true } }),
  ]);
  expect(degraded(visitor)).toEqual(['media-as-document']);
});

test('a file that the sender cannot fetch, or the provider does not take, goes as a text of its caption and link', async () => {
  const visitor = meetVisitor(journey);
  journey.provider.files.uploads = 'refused';
  const url = put('d', '\x89PNG\r\n\x1a\n', 'image/png');
  await visitor.promptsAndWaits(
    attachment({ send_as: 'file', url: `${shop}/gone`, caption: 'One' }),
    attachment({ send_as: 'file', url, caption: 'Two' }),
  );
  expect(visitor.texts()).toEqual([`One\n${shop}/gone`, `Two\n${url}`]);
  expect(degraded(visitor)).toEqual(['media-as-link', 'media-as-link']);
});

test('when the provider answers a media error, the caption and the link go as one text, exactly once', async () => {
  const visitor = meetVisitor(journey);
  journey.provider.files.links = 131053;
  await visitor.promptsAndWaits(attachment({ caption: 'Look' }), 'and this');
  expect(visitor.texts()).toEqual([`Look\n${LINK}`, 'and this']);
  expect(degraded(visitor)).toEqual(['media-as-link']);
});

test('what is too long for a caption follows the file as a text', async () => {
  const visitor = meetVisitor(journey);
  const long = `${'word '.repeat(300)}end`;
  await visitor.promptsAndWaits(
    attachment({ caption: long }),
    attachment({ kind: 'audio', caption: 'Song' }),
  );
  const [first, rest, audio, song] = visitor.bodies() as Record<
    string,
    { caption?: string; body?: string }
  >[];
  expect(first?.image?.caption?.length).toBeLessThanOrEqual(1024);
  expect(`${first?.image?.caption} ${rest?.text?.body}`).toBe(long);
  expect([audio?.audio, song?.text?.body]).toEqual([{ link: LINK }, 'Song']);
  expect(visitor.news()).toEqual([]); // nothing was lost
});

test('a text behind a file waits for the file’s first status, but no longer than wait_after_media_ms', async () => {
  const { provider, runtime } = journey;
  provider.statuses.tell = [];
  let puts = 0;
  const remove = runtime.intercept(({ caller, operation, moment }) => {
    if (caller !== 'send' || moment === 'before') return;
    if (operation === 'ChangeMessageVisibility') puts += 1;
  });
  const say = async (visitor: JourneyVisitor, caption: string) => {
    puts = 0;
    journey.agent.next({ replies: [attachment({ caption }), 'behind it'] });
    await visitor.says('go on');
  };

  const told = meetVisitor(journey);
  await say(told, 'one');
  await until(() => puts > 0);
  expect(told.texts()).toEqual(['one']);
  const [image] = journey.received(told.phone);
  if (image) await provider.tellStatus(image, 'sent');
  await runtime.idle();
  expect(told.texts()).toEqual(['one', 'behind it']);

  const untold = meetVisitor(journey);
  await editChannel(journey, { options: { wait_after_media_ms: 1_000 } });
  await say(untold, 'two');
  await runtime.idle();
  expect(untold.texts()).toEqual(['two', 'behind it']);
  expect(puts).toBeGreaterThan(0);

  const hasty = meetVisitor(journey);
  await editChannel(journey, { options: { wait_after_media_ms: 0 } });
  await say(hasty, 'three');
  await runtime.idle();
  expect(hasty.texts()).toEqual(['three', 'behind it']);
  expect(puts).toBe(0);
  remove();
});
