import { expect, test } from 'vitest';
import { LINK as LONGEST } from '../../../../shared/whatsapp/outbound/limits.ts';
import { fitsButton, hasLink, isFetchable } from '../../../../shared/whatsapp/outbound/links.ts';

const ofLength = (length: number) => 'https://cdn.example/'.padEnd(length, 'a');

// biome-ignore format: a table reads by column
const rows = [
  { what: 'an https address',         url: 'https://cdn.example/a',       fetched: true,  opened: true,  previewed: true },
  { what: 'an http address',          url: 'http://cdn.example/a',        fetched: false, opened: true,  previewed: true },
  { what: 'a phone number',           url: 'tel:+4930123456',             fetched: false, opened: false, previewed: false },
  { what: 'the longest address',      url: ofLength(LONGEST),             fetched: true,  opened: true,  previewed: true },
  { what: 'one that is longer by one', url: ofLength(LONGEST + 1),        fetched: false, opened: false, previewed: true },
];

test.each(rows)('WhatsApp fetches, opens and previews $what as it says', ({
  url,
  fetched,
  opened,
  previewed,
}) => {
  expect([isFetchable(url), fitsButton(url), hasLink(url)]).toEqual([fetched, opened, previewed]);
});
