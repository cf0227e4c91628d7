import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type FileFacts,
  judgeMediaLink,
  mediaLink,
} from '../../../../shared/rules/agent-event/media-link.ts';

const now = Date.parse('2026-11-22T10:00:00.000Z');
const HOUR = 3_600_000;
const key = { version: 3, secret: 'a key of our own' };
const made = {
  host: 'https://m.example',
  channelId: 'ch_1',
  mediaId: '178_a-B',
  key,
  expiresAt: now + HOUR,
};

/** What the media endpoint takes out of an address. */
function signedIn(address: string) {
  const { pathname, searchParams } = new URL(address);
  const [, , channelId = '', mediaId = ''] = pathname.split('/');
  const signature = searchParams.get('signature') ?? '';
  return {
    channelId,
    mediaId,
    until: Number(searchParams.get('until')),
    name: searchParams.get('name') ?? undefined,
    type: searchParams.get('type') ?? undefined,
    sha256: searchParams.get('sha256') ?? undefined,
    key,
    signature,
  };
}
const link = (more: Partial<typeof made & FileFacts> = {}) => {
  const address = mediaLink({ ...made, ...more });
  return 'url' in address ? address : expect.fail('there is no address');
};
const signed = signedIn(link().url);

test('an address says where, until when and with which key, and is what it says', () => {
  const { url, expires_at } = link();
  expect(url).toMatch(
    /^https:\/\/m\.example\/media\/ch_1\/178_a-B\?until=\d+&key=3&signature=[\w-]{43}$/,
  );
  expect(expires_at).toBe('2026-11-22T11:00:00.000Z');
  expect(signed.until * 1000).toBe(now + HOUR);
  expect(judgeMediaLink(signed, now)).toBe('valid');
});

test('a host with a path keeps it', () => {
  expect(link({ host: 'https://m.example/stage' }).url).toContain('/stage/media/ch_1/');
});

// biome-ignore format: a table reads by column
const forgeries = [
  { what: 'another channel',                        more: { channelId: 'ch_2' } },
  { what: 'another file',                           more: { mediaId: '179' } },
  { what: 'a second more',                          more: { until: signed.until + 1 } },
  { what: 'a second less',                          more: { until: signed.until - 1 } },
  { what: 'no end',                                 more: { until: Number.POSITIVE_INFINITY } },
  { what: 'an end that is no number',               more: { until: Number.NaN } },
  { what: 'another version of the key',             more: { key: { ...key, version: 4 } } },
  { what: 'another key',                            more: { key: { ...key, secret: 'guessed' } } },
  { what: 'no signature',                           more: { signature: '' } },
  { what: 'a signature cut short',                  more: { signature: signed.signature.slice(0, -1) } },
  { what: 'a signature with something behind it',   more: { signature: `${signed.signature}A` } },
  { what: 'a signature in other letters',           more: { signature: signed.signature.toUpperCase() } },
  { what: 'a signature that is not ASCII',          more: { signature: '🔑'.repeat(11) } },
  { what: 'a file’s name moved into the channel’s', more: { channelId: 'ch_1\n3\n178_a-B', mediaId: '' } },
];

test.each(forgeries)('$what is refused', ({ more }) => {
  expect(judgeMediaLink({ ...signed, ...more }, now)).toBe('invalid');
});

test('an address opens its own file only, however the words in it are cut', () => {
  const mediaId = fc.stringMatching(/^[ab1]{1,3}$/);
  const names = fc.record({ channelId: fc.stringMatching(/^[ab1\n]{1,4}$/), mediaId });
  fc.assert(
    fc.property(names, names, (mine, other) => {
      const signature = new URL(link(mine).url).searchParams.get('signature') ?? '';
      const isMine = mine.channelId === other.channelId && mine.mediaId === other.mediaId;
      expect(judgeMediaLink({ ...signed, ...mine, signature }, now)).toBe('valid');
      expect(judgeMediaLink({ ...signed, ...other, signature }, now)).toBe(
        isMine ? 'valid' : 'invalid',
      );
    }),
  );
});

// biome-ignore format: a table reads by column
const ends = [
  { when: '1 ms is left',            at: now + HOUR - 1, verdict: 'valid' },
  { when: 'it ends this instant',    at: now + HOUR,     verdict: 'expired' },
  { when: 'it ended long ago',       at: now + 9 * HOUR, verdict: 'expired' },
];

test.each(ends)('an address when $when is $verdict', ({ at, verdict }) => {
  expect(judgeMediaLink(signed, at)).toBe(verdict);
});

test('a part of a second is cut off, in the address as in what we say of it', () => {
  const { url, expires_at } = link({ expiresAt: now + 1_999 });
  expect(expires_at).toBe('2026-11-22T10:00:01.000Z');
  expect(judgeMediaLink(signedIn(url), now + 999)).toBe('valid');
  expect(judgeMediaLink(signedIn(url), now + 1_000)).toBe('expired');
});

// biome-ignore format: a table reads by column
const strange = [
  { what: 'none',               mediaId: '' },
  { what: 'a path',             mediaId: '../v1/configs' },
  { what: 'a query',            mediaId: '1?x=1' },
  { what: 'an encoded slash',   mediaId: '1%2F2' },
  { what: 'a line break',       mediaId: '1\n' },
  { what: 'too long',           mediaId: 'a'.repeat(129) },
];

test.each(strange)('an id that is $what gets no address, and would open nothing', ({ mediaId }) => {
  expect(mediaLink({ ...made, mediaId })).toEqual({ unavailable: 'media-id-unknown' });
  expect(judgeMediaLink({ ...signed, mediaId }, now)).toBe('invalid');
});

test('the longest id, and a UUID as v1 has them, get an address', () => {
  for (const mediaId of ['a'.repeat(128), 'b3f0c1a2-6f6e-4d8a-9d6e-0a1b2c3d4e5f']) {
    expect(judgeMediaLink(signedIn(link({ mediaId }).url), now)).toBe('valid');
  }
});

const facts = { name: 'Смета №7 — 最終.pdf', type: 'application/pdf', sha256: 'ab'.repeat(32) };

test('what is known of the file travels in the address, in any script, and comes out as it was', () => {
  const read = signedIn(link(facts).url);
  expect(read).toMatchObject(facts);
  expect(judgeMediaLink(read, now)).toBe('valid');
  expect(link(facts).url).toMatch(/^[\x21-\x7e]+$/);
});

// biome-ignore format: a table reads by column
const retold = [
  { what: 'another name',                    more: { name: 'Rechnung.pdf' } },
  { what: 'no name',                         more: { name: undefined } },
  { what: 'another type',                    more: { type: 'text/html' } },
  { what: 'another hash',                    more: { sha256: 'cd'.repeat(32) } },
  { what: 'the type moved into the name',    more: { name: `${facts.name}","${facts.type}`, type: undefined } },
  { what: 'the name in the place of the type', more: { name: facts.type, type: facts.name } },
];

test.each(retold)('with $what the address is not ours', ({ more }) => {
  expect(judgeMediaLink({ ...signedIn(link(facts).url), ...more }, now)).toBe('invalid');
});

// biome-ignore format: a table reads by column
const names = [
  { what: 'a name of 400 letters',            name: `${'ж'.repeat(400)}.docx`, comesOut: `${'ж'.repeat(145)}.docx` },
  { what: 'one of 400 smileys without ending', name: '😀'.repeat(400),          comesOut: '😀'.repeat(150) },
  { what: 'one whose ending is no ending',    name: `${'a'.repeat(200)}. b`,   comesOut: 'a'.repeat(150) },
  { what: 'half a smiley',                    name: 'a\ud83d.pdf',             comesOut: 'a\ufffd.pdf' },
  { what: 'one with marks of addresses',      name: 'a&key=9#?/%2f|.pdf',      comesOut: 'a&key=9#?/%2f|.pdf' },
];

test.each(names)('$what makes an address that holds', ({ name, comesOut }) => {
  const { url } = link({ name });
  expect(signedIn(url).name).toBe(comesOut);
  expect(judgeMediaLink(signedIn(url), now)).toBe('valid');
  expect(url.length).toBeLessThan(2_048);
});

test('any change of a single bit of the signature makes it another one', () => {
  const bytes = Buffer.from(signed.signature);
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Buffer.from(bytes);
    flipped.writeUInt8((flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7)), bit >> 3);
    const signature = flipped.toString('latin1');
    expect(judgeMediaLink({ ...signed, signature }, now), `bit ${bit}`).toBe('invalid');
  }
});
