import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Journey, startJourney } from '../support/journey.ts';
import { until } from '../support/runtime-until.ts';
import { cloudMessage, cloudText, flatText } from '../support/webhook-bodies.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ channel: { agent: { events: ['visitor_changed'] } } });
});
afterAll(() => journey.stop());

let told = 0;
/** Posts a message and returns what the agent was asked. */
async function say(body: object) {
  const before = journey.agent.turns().length;
  await journey.post(body);
  await until(() => journey.agent.turns().length > before);
  await journey.runtime.idle();
  const { event } = journey.agent.turns()[before] ?? {};
  if (!event || !('message' in event)) throw new Error('no turn');
  return event;
}
const id = () => {
  told += 1;
  return `wamid.identity-${told}`;
};
const text = (body: string) => ({ type: 'text', text: { body } });
const event = (type: string) =>
  journey.agent.requests.map((request) => request.event).filter((one) => one.event.type === type);

test('a visitor without a phone number has a chat by BSUID, and is answered by BSUID', async () => {
  const bsuid = 'DE.1000000000000001';
  const asked = await say(
    cloudMessage({ user_id: bsuid, username: '@anna', name: 'Anna' }, { id: id(), ...text('hi') }),
  );
  expect(asked.context).toMatchObject({
    channel_chat_id: `${bsuid}|dialog360`,
    channel_visitor_id: bsuid,
    channel_visitor_phone: '',
  });
  expect(asked.message.identity).toEqual({ phone: null, bsuid, username: '@anna' });
  const [sent] = journey.provider.sent.slice(-1);
  expect(sent?.request).toMatchObject({ phone: null, bsuid, text: 'You said: hi' });
});

test('when the phone number of a visitor known by BSUID appears, the chat and its id stay the same', async () => {
  const bsuid = 'DE.1000000000000002';
  const phone = '491740000002';
  const first = await say(cloudMessage({ user_id: bsuid }, { id: id(), ...text('hidden') }));
  const second = await say(
    cloudMessage({ user_id: bsuid, wa_id: phone }, { id: id(), ...text('shown') }),
  );
  expect(second.chat.id).toBe(first.chat.id);
  expect(second.context.channel_chat_id).toBe(`${bsuid}|dialog360`);
  expect(second.context.channel_visitor_phone).toBe(phone);
  // Now that both are known, either leads to the chat: also payload version v1, which has no BSUID.
  const third = await say(flatText({ phone, text: 'by phone', id: id() }));
  expect(third.chat.id).toBe(first.chat.id);
});

test('a phone number that is withheld later is filled in from the chat', async () => {
  const bsuid = 'DE.1000000000000003';
  const phone = '491740000003';
  const first = await say(
    cloudMessage({ user_id: bsuid, wa_id: phone }, { id: id(), ...text('a') }),
  );
  const second = await say(
    cloudMessage({ user_id: bsuid, username: '@now' }, { id: id(), ...text('b') }),
  );
  expect(second.chat.id).toBe(first.chat.id);
  expect(second.context).toMatchObject({
    channel_chat_id: `${phone}|dialog360`,
    channel_visitor_id: phone,
    channel_visitor_phone: phone,
  });
});

test('a visitor keeps the chat with a new number, and the new owner of the old number gets a new chat', async () => {
  const [old, fresh] = ['491740000004', '491740000005'];
  const before = await say(cloudText({ phone: old, text: 'before', id: id() }));
  await journey.post(
    cloudMessage(null, {
      id: id(),
      from: old,
      type: 'system',
      system: {
        body: `User changed from ${old} to ${fresh}`,
        wa_id: fresh,
        type: 'user_changed_number',
      },
    }),
  );
  await until(() => event('visitor_changed').length === 1);
  expect(event('visitor_changed')[0]).toMatchObject({
    visitor: { old: { phone: old }, new: { phone: fresh } },
    chat: { id: before.chat.id },
    context: { channel_chat_id: `${old}|dialog360` },
  });

  const after = await say(flatText({ phone: fresh, text: 'after', id: id() }));
  expect(after.chat.id).toBe(before.chat.id);
  expect(after.context).toMatchObject({
    channel_chat_id: `${old}|dialog360`,
    channel_visitor_phone: fresh,
  });
  const stranger = await say(flatText({ phone: old, text: 'who was here?', id: id() }));
  expect(stranger.chat.id).not.toBe(before.chat.id);
  expect(stranger.chat.is_new).toBe(true);
});

test('a visitor keeps the chat with a new BSUID, also one without a phone number', async () => {
  const [old, fresh] = ['DE.1000000000000006', 'DE.1000000000000007'];
  const before = await say(cloudMessage({ user_id: old }, { id: id(), ...text('before') }));
  const change = cloudMessage(null, {
    id: id(),
    type: 'system',
    system: {
      body: `User Anna changed from ${old} to ${fresh}`,
      user_id: fresh,
      type: 'user_changed_user_id',
    },
  });
  const changes = event('visitor_changed').length;
  await journey.post(change);
  await until(() => event('visitor_changed').length === changes + 1);
  const after = await say(cloudMessage({ user_id: fresh }, { id: id(), ...text('after') }));
  expect(after.chat.id).toBe(before.chat.id);

  // The provider repeats for days: the repeat changes nothing, and the agent is not told again.
  await new Promise<void>((resolve) => void journey.post(change).then(() => resolve()));
  await journey.runtime.idle();
  expect(event('visitor_changed')).toHaveLength(changes + 1);
});

test('a visitor keeps the chat when only WhatsApp’s own fields name the old BSUID, also where the sender is named by the new one', async () => {
  const [old, fresh] = ['DE.1000000000000012', 'DE.1000000000000013'];
  const before = await say(cloudMessage({ user_id: old }, { id: id(), ...text('before') }));
  const system = { type: 'user_changed_user_id', user_id: fresh, previous_user_id: old };
  const change = { id: id(), type: 'system', from_user_id: fresh };
  const changes = event('visitor_changed').length;
  await journey.post(
    cloudMessage(null, { ...change, system: { ...system, body: 'Anna has a new id' } }),
  );
  await until(() => event('visitor_changed').length === changes + 1);
  const after = await say(cloudMessage({ user_id: fresh }, { id: id(), ...text('after') }));
  expect(after.chat.id).toBe(before.chat.id);
});

test('a visitor who was known by a parent id keeps the chat with a new one', async () => {
  const [old, fresh] = ['DE.ENT.1000000000000014', 'DE.ENT.1000000000000015'];
  const from = (parent: string) => ({ from_parent_user_id: parent, id: id(), ...text('hello') });
  const before = await say(cloudMessage(null, from(old)));
  const system = {
    type: 'user_changed_user_id',
    user_id: 'DE.1000000000000017',
    previous_user_id: 'DE.1000000000000016',
    parent_user_id: fresh,
    previous_parent_user_id: old,
  };
  const changes = event('visitor_changed').length;
  await journey.post(cloudMessage(null, { id: id(), type: 'system', system }));
  await until(() => event('visitor_changed').length === changes + 1);
  const after = await say(
    cloudMessage({ user_id: 'DE.1000000000000017' }, { id: id(), ...text('after') }),
  );
  expect(after.chat.id).toBe(before.chat.id);
});

test('when a phone number and a BSUID belong to two chats, the phone number decides and the chats are never merged', async () => {
  const bsuid = 'DE.1000000000000008';
  const [one, other] = ['491740000008', '491740000009'];
  const first = await say(
    cloudMessage({ user_id: bsuid, wa_id: one }, { id: id(), ...text('mine') }),
  );
  const second = await say(
    cloudMessage({ user_id: bsuid, wa_id: other }, { id: id(), ...text('mine?') }),
  );
  expect(second.chat.id).not.toBe(first.chat.id);
  const byBsuid = await say(cloudMessage({ user_id: bsuid }, { id: id(), ...text('and I?') }));
  expect(byBsuid.chat.id).toBe(first.chat.id);
  await journey.runtime.logged((entry) => entry.message === 'identity-conflict');
});

test('a BSUID whose chat never had a phone number moves to the chat of the phone number it turns out to have', async () => {
  const bsuid = 'DE.1000000000000010';
  const phone = '491740000010';
  const byPhone = await say(flatText({ phone, text: 'old payload', id: id() }));
  const byBsuid = await say(cloudMessage({ user_id: bsuid }, { id: id(), ...text('no phone') }));
  expect(byBsuid.chat.id).not.toBe(byPhone.chat.id);
  const both = await say(
    cloudMessage({ user_id: bsuid, wa_id: phone }, { id: id(), ...text('both') }),
  );
  expect(both.chat.id).toBe(byPhone.chat.id);
  const again = await say(cloudMessage({ user_id: bsuid }, { id: id(), ...text('again') }));
  expect(again.chat.id).toBe(byPhone.chat.id);
});

test('a Brazilian number with and without its ninth digit is one chat once the provider has answered with its own spelling', async () => {
  const [dialled, spelled] = ['5592981723241', '559281723241'];
  const remove = journey.provider.onSend(({ messageId, request }) =>
    request.phone === dialled
      ? {
          status: 200,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            messaging_product: 'whatsapp',
            contacts: [{ input: `+${dialled}`, wa_id: spelled }],
            messages: [{ id: messageId }],
          }),
        }
      : undefined,
  );
  const first = await say(flatText({ phone: dialled, text: 'oi', id: id() }));
  const second = await say(flatText({ phone: spelled, text: 'oi de novo', id: id() }));
  remove();
  expect(second.chat.id).toBe(first.chat.id);
  expect(second.context.channel_visitor_phone).toBe(spelled);
  // The visitor is answered at exactly the number that wrote (docs/360dialog.md#phone-numbers).
  expect(journey.provider.sent.at(-1)?.request.phone).toBe(spelled);
});

test('two first messages of one visitor, by phone number and by BSUID at once, end in one chat or in two that stay apart', async () => {
  const bsuid = 'DE.1000000000000011';
  const phone = '491740000011';
  const bodies = Array.from({ length: 6 }, (_, at) =>
    at % 2 === 0
      ? cloudMessage({ user_id: bsuid, wa_id: phone }, { id: id(), ...text(`both ${at}`) })
      : flatText({ phone, text: `phone ${at}`, id: id() }),
  );
  const before = journey.agent.turns().length;
  await Promise.all(bodies.map((body) => journey.post(body)));
  await until(() => journey.agent.turns().length === before + 6);
  const chats = journey.agent
    .turns()
    .slice(before)
    .map(({ event }) => 'chat' in event && event.chat.id);
  expect(new Set(chats).size).toBe(1);
});
