import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  type Alias,
  claimAlias,
  findAlias,
  forgetAlias,
  repointAlias,
} from '../../../../shared/store/chat/aliases.ts';
import { aliasKey } from '../../../../shared/store/keys.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const now = Date.parse('2026-11-22T10:00:00Z');
let made = 0;
const newAlias = (): Alias => ({
  channelId: 'ch_1',
  kind: 'phone',
  value: String(4_917_000_000 + ++made),
});
const newChatId = () => randomBytes(20).toString('hex');
const leadsTo = (alias: Alias) => findAlias(table, alias);

test('twenty workers that meet a new visitor at once agree on one chat', async () => {
  const alias = newAlias();
  const wanted = Array.from({ length: 20 }, newChatId);
  const got = await Promise.all(wanted.map((chatId) => claimAlias(table, alias, chatId, now)));
  expect(new Set(got).size).toBe(1);
  expect(wanted).toContain(got[0]);
  expect(await leadsTo(alias)).toBe(got[0]);
});

test('a claim costs one write, and one read more when another chat has the alias', async () => {
  const [alias, mine] = [newAlias(), newChatId()];
  expect(await claimAlias(table, alias, mine, now)).toBe(mine);
  expect(table.calls).toEqual(['PutItem']);
  expect(await claimAlias(table, alias, newChatId(), now + 1)).toBe(mine);
  expect(table.calls).toEqual(['PutItem', 'PutItem', 'GetItem']);
});

test('claiming again changes nothing, and an alias never expires', async () => {
  const [alias, mine] = [newAlias(), newChatId()];
  await claimAlias(table, alias, mine, now);
  expect(await claimAlias(table, alias, mine, now + 1)).toBe(mine);
  const key = aliasKey(alias.channelId, alias.kind, alias.value);
  expect(await table.look(key)).toEqual({ ...key, chat_id: mine, learnt_at: now });
});

test('a claim whose response was lost recognises its own write', async () => {
  const [alias, mine] = [newAlias(), newChatId()];
  let answers = 0;
  table.hooks.add(({ moment }) => (moment === 'after' && ++answers === 1 ? 'fail' : 'pass'));
  expect(await claimAlias(table, alias, mine, now)).toBe(mine);
});

test('a claim is made again when the alias it lost to is removed meanwhile', async () => {
  const [alias, theirs, mine] = [newAlias(), newChatId(), newChatId()];
  await claimAlias(table, alias, theirs, now);
  let reads = 0;
  table.hooks.add(async ({ operation, moment }) => {
    const isFirstRead = operation === 'GetItem' && moment === 'before' && ++reads === 1;
    if (isFirstRead) await forgetAlias(table, alias, theirs);
    return undefined;
  });
  expect(await claimAlias(table, alias, mine, now)).toBe(mine);
  expect(await leadsTo(alias)).toBe(mine);
});

test('a phone, a BSUID with the same characters and the phone in another channel are three aliases', async () => {
  const alias = newAlias();
  const others: Alias[] = [
    { ...alias, kind: 'bsuid' },
    { ...alias, channelId: 'ch_2' },
  ];
  const mine = newChatId();
  await claimAlias(table, alias, mine, now);
  expect(await Promise.all(others.map(leadsTo))).toEqual([null, null]);
});

test('an alias is re-pointed only from the chat it was read to lead to', async () => {
  const [alias, old, fresh, late] = [newAlias(), newChatId(), newChatId(), newChatId()];
  await claimAlias(table, alias, old, now);
  expect(await repointAlias(table, alias, { from: old, to: fresh })).toBe(true);
  expect(await repointAlias(table, alias, { from: old, to: late })).toBe(false);
  expect(await leadsTo(alias)).toBe(fresh);
  expect(await repointAlias(table, newAlias(), { from: old, to: fresh })).toBe(false);
});

test('of twenty that re-point an alias at once one succeeds', async () => {
  const [alias, old] = [newAlias(), newChatId()];
  await claimAlias(table, alias, old, now);
  const moves = Array.from({ length: 20 }, newChatId);
  const done = await Promise.all(moves.map((to) => repointAlias(table, alias, { from: old, to })));
  expect(done.filter(Boolean)).toHaveLength(1);
  expect(await leadsTo(alias)).toBe(moves[done.indexOf(true)]);
});

test('re-pointing or removing an unknown alias makes none', async () => {
  const alias = newAlias();
  await repointAlias(table, alias, { from: newChatId(), to: newChatId() });
  await forgetAlias(table, alias, newChatId());
  expect(await table.look(aliasKey(alias.channelId, alias.kind, alias.value))).toBeNull();
});

test('an alias is removed for one chat, and a repeat of that leaves its next owner’s alias as it is', async () => {
  const [alias, old, owner] = [newAlias(), newChatId(), newChatId()];
  await claimAlias(table, alias, old, now);
  await forgetAlias(table, alias, old);
  await forgetAlias(table, alias, old);
  expect(await leadsTo(alias)).toBeNull();

  await claimAlias(table, alias, owner, now);
  await forgetAlias(table, alias, old); // the repeat of the number change, days later
  expect(await leadsTo(alias)).toBe(owner);
});

test('a number that changes hands leads to its new owner, whichever comes first', async () => {
  const [old, owner] = [newChatId(), newChatId()];
  const alias = newAlias();
  await claimAlias(table, alias, old, now);
  expect(await claimAlias(table, alias, owner, now)).toBe(old); // the new owner wrote before we heard of the change
  await forgetAlias(table, alias, old);
  expect(await claimAlias(table, alias, owner, now)).toBe(owner);
});
