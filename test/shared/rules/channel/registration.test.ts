import { expect, test } from 'vitest';
import {
  foreignWebhook,
  judgeRegistration,
  missingPart,
  type WebhookReading,
  type WebhookSetting,
} from '../../../../shared/rules/channel/registration.ts';

const url = 'https://channel.example/webhooks/ch_1/token';
const wanted = { url, headers: { 'x-webhook-secret': 's' } };
const ours: WebhookReading = { kind: 'found', url, headers: { 'X-Webhook-Secret': 's' } };
const none: WebhookReading = { kind: 'found', url: null, headers: null };
const refused = { kind: 'refused', status: 401, words: null } as const;
const away = { kind: 'unreachable', reason: 'timeout' } as const;
const yes: WebhookSetting = { kind: 'accepted' };

// biome-ignore format: a table reads by column
const cases: { when: string; setting: WebhookSetting; readBack: WebhookReading; is: object }[] = [
  { when: 'accepted and there',                  setting: yes,     readBack: ours,    is: { kind: 'registered' } },
  { when: 'accepted and not there',              setting: yes,     readBack: none,    is: { kind: 'not-kept', missing: 'address' } },
  { when: 'accepted and another one there',      setting: yes,     readBack: { ...ours, url: 'https://other.example' }, is: { kind: 'not-kept', missing: 'address' } },
  { when: 'accepted, there without the header',  setting: yes,     readBack: { ...ours, headers: {} },                  is: { kind: 'not-kept', missing: 'header' } },
  { when: 'accepted, there with an old header',  setting: yes,     readBack: { ...ours, headers: { 'x-webhook-secret': 'old' } }, is: { kind: 'not-kept', missing: 'header' } },
  { when: 'accepted, headers are never shown',   setting: yes,     readBack: { ...ours, headers: null },                is: { kind: 'registered' } },
  { when: 'accepted, then no answer',            setting: yes,     readBack: away,    is: away },
  { when: 'accepted, then the key is rejected',  setting: yes,     readBack: refused, is: refused },
  { when: 'no answer, but it is there',          setting: away,    readBack: ours,    is: { kind: 'registered' } },
  { when: 'no answer, and not there',            setting: away,    readBack: none,    is: away },
  { when: 'no answer twice',                     setting: away,    readBack: away,    is: away },
  { when: 'refused, though an old one is there', setting: refused, readBack: ours,    is: refused },
];

test.each(cases)('$when', ({ setting, readBack, is }) => {
  expect(judgeRegistration(wanted, setting, readBack)).toEqual(is);
});

test('an address is the same when only its spelling differs', () => {
  expect(
    missingPart(
      { url: 'https://channel.example', headers: {} },
      { url: 'HTTPS://Channel.example/', headers: {} },
    ),
  ).toBeNull();
  expect(
    missingPart(
      { url: 'https://channel.example/a', headers: {} },
      { url: 'https://channel.example/A', headers: {} },
    ),
  ).toBe('address');
});

const root = 'https://channel.example/webhooks/ch_1/';

// biome-ignore format: a table reads by column
const foreigners: { what: string; found: WebhookReading | null; is: string | null }[] = [
  { what: 'nothing was asked',           found: null,                                                     is: null },
  { what: 'the provider did not answer', found: away,                                                     is: null },
  { what: 'none is set',                 found: none,                                                     is: null },
  { what: 'ours, also an older one',     found: { ...ours, url: `${root}older` },                         is: null },
  { what: 'another channel of ours',     found: { ...ours, url: 'https://channel.example/webhooks/ch_2/x' }, is: 'https://channel.example/webhooks/ch_2/x' },
  { what: 'one of another program',      found: { ...ours, url: 'https://old.example/hook' },             is: 'https://old.example/hook' },
  { what: 'one with credentials',        found: { ...ours, url: 'https://a:b@old.example/' },             is: 'https://old.example/' },
  { what: 'one that is no address',      found: { ...ours, url: 'nonsense' },                             is: 'nonsense' },
];

test.each(foreigners)('a foreign webhook: $what', ({ found, is }) => {
  expect(foreignWebhook(found, root)).toBe(is);
});
