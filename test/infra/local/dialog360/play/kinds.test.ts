import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EXAMPLES } from '../../../../../infra/local/dialog360/play/play-examples.ts';
import { contentNames } from '../../../../../infra/local/dialog360/play/play-schema.ts';
import { type PlayStage, startPlay } from '../../../../support/play.ts';
import { shape } from '../../../../support/runtime-shape.ts';

let stage: PlayStage;
beforeEach(async () => {
  stage = await startPlay();
});
afterEach(() => stage.stop());

const from = '+49 170 0000001';
const to = '+491700000001';
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUg==', 'base64');
const OPUS = Buffer.concat([Buffer.from('OggS'), Buffer.alloc(24), Buffer.from('OpusHead')]);
const data = (bytes: Buffer) => ({ data: bytes.toString('base64') });

const buttons = {
  type: 'button',
  body: { text: 'Shall I cancel?' },
  action: {
    buttons: [
      { type: 'reply', reply: { id: 'btn:1', title: 'Yes' } },
      { type: 'reply', reply: { id: 'btn:2', title: 'Отменить' } },
    ],
  },
};
const list = {
  type: 'list',
  body: { text: 'How?' },
  action: {
    button: 'Ways',
    sections: [{ rows: [{ id: 'row:7', title: 'By courier', description: '1–2 days' }] }],
  },
};
const flow = {
  type: 'flow',
  body: { text: 'When?' },
  action: {
    name: 'flow',
    parameters: { flow_message_version: '3', flow_id: '1', flow_cta: 'Choose' },
  },
};
const template = {
  name: 'call_you',
  language: { code: 'en' },
  components: [
    {
      type: 'button',
      sub_type: 'quick_reply',
      index: '0',
      parameters: [{ type: 'payload', payload: 'YES_CALL_ME' }],
    },
  ],
};

/** What comes before a tap, a reaction or an answer. */
async function sayAsBusiness() {
  await stage.send({ to, type: 'interactive', interactive: buttons });
  await stage.send({ to, type: 'interactive', interactive: list });
  await stage.send({ to, type: 'template', template });
  await stage.send({ to, type: 'interactive', interactive: flow });
}

/** A fixture's message, without what only that one message has. */
function fixtureOf(file: string, ...without: string[]) {
  const text = readFileSync(join(import.meta.dirname, '../../../../fixtures', file), 'utf8');
  const body = JSON.parse(text);
  const value = body.entry?.[0].changes[0].value ?? body;
  const [message] = value.messages;
  for (const path of without) {
    const [inside = '', name = ''] = path.split('.');
    delete message[inside][name];
  }
  return { message, contact: value.contacts[0] };
}

const person = { name: 'Ivan Petrov', phones: ['+49 171 3920099'] };
// biome-ignore format: a table reads by column
const kinds: { what: string; play: object; as: string; without?: string[] }[] = [
  { what: 'a picture',              play: { file: { ...data(PNG), caption: 'Look' } },                  as: 'v2/image.json' },
  { what: 'a voice note',           play: { file: { ...data(OPUS), kind: 'voice' } },                   as: 'v2/audio_voice_note.json' },
  { what: 'a sound',                play: { file: data(OPUS) },                                         as: 'v2/audio_file.json' },
  { what: 'a video',                play: { file: { ...data(PNG), kind: 'video', caption: 'See' } },    as: 'v2/video.json' },
  { what: 'a document',             play: { file: { ...data(Buffer.from('%PDF-1')), name: 'a.pdf', caption: 'Read' } }, as: 'v2/document.json' },
  { what: 'a sticker',              play: { file: { ...data(PNG), kind: 'sticker' } },                  as: 'v2/sticker.json' },
  { what: 'a place',                play: { location: { latitude: 1.5, longitude: 2, name: 'Here', address: 'Street 1' } }, as: 'v2/location_pin.json', without: ['location.url'] },
  { what: 'a contact',              play: { contacts: [{ ...person, emails: ['i@example.com'], organization: 'Firm' }] }, as: 'v2/contacts.json' },
  { what: 'a tapped button',        play: { tap: 'отменить' },                                          as: 'v2/interactive_button_reply.json' },
  { what: 'a tapped row',           play: { tap: 'row:7' },                                             as: 'v2/interactive_list_reply.json' },
  { what: 'a quick reply',          play: { tap: 'YES_CALL_ME' },                                       as: 'v2/button_template_quick_reply.json' },
  { what: 'a filled form',          play: { form: { day: 'Monday' } },                                  as: 'v2/interactive_nfm_reply.json' },
  { what: 'a reaction',             play: { reaction: { to: 'last', emoji: '👍' } },                    as: 'v2/reaction.json' },
  { what: 'a reaction taken away',  play: { reaction: { to: 'last', emoji: null } },                    as: 'v2/reaction_removed.json' },
  { what: 'an answer',              play: { text: 'This one', quote: 'last' },                          as: 'v2/text_reply_context.json' },
  { what: 'a first opening',        play: { welcome: true },                                            as: 'v2/request_welcome.json' },
  { what: 'a poll',                 play: { unsupported: 'poll' },                                      as: 'v2/unsupported.json' },
  { what: 'an edit',                play: { edit: { to: 'last', text: 'Bye' } },                        as: 'v2/edit.json' },
  { what: 'a deletion',             play: { revoke: { to: 'last' } },                                   as: 'v2/revoke.json' },
  { what: 'an old picture',         play: { payload: 'v1', file: { ...data(PNG), caption: 'Look' } },   as: 'v1/image.json' },
  { what: 'an old voice note',      play: { payload: 'v1', file: { ...data(OPUS), kind: 'voice' } },    as: 'v1/voice.json' },
  { what: 'an old sound',           play: { payload: 'v1', file: { ...data(OPUS) } },                   as: 'v1/audio.json' },
  { what: 'an old document',        play: { payload: 'v1', file: { ...data(Buffer.from('%PDF-1')), caption: 'x' } }, as: 'v1/document.json' },
  { what: 'an old sticker',         play: { payload: 'v1', file: { ...data(PNG), kind: 'sticker' } },   as: 'v1/sticker.json', without: ['sticker.metadata'] },
  { what: 'an old place',           play: { payload: 'v1', location: { latitude: 1.5, longitude: 2, name: 'Here', address: 'S' } }, as: 'v1/location.json', without: ['location.url'] },
  { what: 'an old contact',         play: { payload: 'v1', contacts: [person] },                        as: 'v1/contacts.json' },
  { what: 'an old tapped button',   play: { payload: 'v1', tap: 'Yes' },                                as: 'v1/interactive_button_reply.json' },
  { what: 'an old tapped row',      play: { payload: 'v1', tap: 'By courier' },                         as: 'v1/interactive_list_reply.json' },
  { what: 'an old quick reply',     play: { payload: 'v1', tap: 'yes_call_me' },                        as: 'v1/button_template_quick_reply.json' },
  { what: 'an old answer',          play: { payload: 'v1', text: 'Yes', quote: 'last' },                as: 'v1/text_reply_context.json' },
  { what: 'an old unknown',         play: { payload: 'v1', unsupported: 'poll' },                       as: 'v1/unknown.json' },
];

test.each(kinds)('$what is played as WhatsApp sends it', async ({ play, as, without = [] }) => {
  await sayAsBusiness();
  await stage.play({ from, text: 'Hello' });
  const { status } = await stage.play({ from, ...play });
  expect(status).toBe(200);
  expect(shape(stage.posted[1])).toEqual(shape(fixtureOf(as, ...without)));
});

test('every example that GET /play prints can be played, and there is one of each kind', async () => {
  const guide = (await stage.call('/play')).body as { one_of: typeof EXAMPLES; how: string };
  expect(Object.keys(guide.one_of)).toEqual(contentNames);
  expect(guide.how).toContain(`${stage.provider.url}/play`);
  await sayAsBusiness();
  for (const example of Object.values(guide.one_of)) {
    expect(await stage.play(example)).toMatchObject({ status: 200 });
  }
  expect(stage.posted).toHaveLength(contentNames.length);
});

test('a byte order mark before a play is skipped', async () => {
  const body = `\ufeff${JSON.stringify({ from, text: 'Hello' })}`;
  expect(await stage.call('/play?wait=0', { method: 'POST', body })).toMatchObject({ status: 200 });
});

test('a form with a file is played as curl -F sends it', async () => {
  const form = new FormData();
  form.append('from', '0049 (171) 392-00 42');
  form.append('caption', 'My receipt');
  form.append('file', new Blob([PNG], { type: 'application/octet-stream' }), 'receipt.png');
  const { body } = await stage.play(form);
  expect(body).toMatchObject({
    played: 'Anna (+491713920042) sent a picture (receipt.png, image/png, 16 bytes).',
    became: 'a webhook body v2 with a message of type image',
  });
  const [{ message } = {}] = stage.posted;
  expect(message).toMatchObject({ from: '491713920042', image: { caption: 'My receipt' } });

  const voice = new FormData();
  voice.append('from', '491713920042');
  voice.append('kind', 'voice');
  voice.append('file', new Blob([OPUS], { type: 'application/octet-stream' }), 'note.ogg');
  await stage.play(voice);
  expect(stage.posted[1]?.message).toMatchObject({
    type: 'audio',
    audio: { voice: true, mime_type: 'audio/ogg; codecs=opus' },
  });
});

test('the double hands out the bytes of a played file, to the business and to the phone', async () => {
  const { body } = await stage.play({ from, file: data(PNG) });
  const { id } = (stage.posted[0]?.message.image ?? {}) as { id: string };
  const headers = { 'd360-api-key': 'key-1' };
  const { url } = (await stage.call(`/${id}`, { headers })).body as { url: string };
  const { pathname, search } = new URL(url);
  const business = await fetch(stage.provider.url + pathname + search, { headers });
  expect(Buffer.from(await business.arrayBuffer())).toEqual(PNG);

  const [line] = (await stage.chat('491700000001')).messages;
  expect(line).toMatchObject({ message_id: body.message_id, media: { mime_type: 'image/png' } });
  const phone = await fetch(line?.media?.url ?? '');
  expect(phone.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await phone.arrayBuffer())).toEqual(PNG);
});

test('a visitor without a phone number has a chat under the business-scoped user id', async () => {
  await stage.play({ bsuid: 'DE.7340021985561204', text: 'Hello' });
  expect(stage.posted[0]).toMatchObject({
    message: { from_user_id: 'DE.7340021985561204' },
    contact: { user_id: 'DE.7340021985561204' },
  });
  expect(JSON.stringify(stage.posted)).not.toMatch(/"from"|wa_id/);
  await stage.send({ recipient: 'DE.7340021985561204', type: 'text', text: { body: 'Hi' } });
  const { messages } = await stage.chat('DE.7340021985561204');
  expect(messages.map(({ text }) => text)).toEqual(['Hello', 'Hi']);
});

// biome-ignore format: a table reads by column
const wrong: { what: string; play: unknown; path: string; says: RegExp }[] = [
  { what: 'no visitor',               play: { text: 'Hello' },                                  path: 'from',           says: /must be the visitor’s phone number, or "bsuid"/ },
  { what: 'a name for a number',      play: { from: 'Anna', text: 'Hello' },                    path: 'from',           says: /must be a phone number with country code/ },
  { what: 'a national number',        play: { from: '0171 3920042', text: 'Hello' },            path: 'from',           says: /must be a phone number/ },
  { what: 'a wrong user id',          play: { bsuid: '734', text: 'Hello' },                    path: 'bsuid',          says: /must be like DE\.73/ },
  { what: 'no number in v1',          play: { bsuid: 'DE.1', payload: 'v1', text: 'x' },        path: 'from',           says: /must be a phone number/ },
  { what: 'nothing to say',           play: { from, text: '' },                                 path: 'text',           says: /must not be empty/ },
  { what: 'no content',               play: { from },                                           path: '',               says: /must have one of text, file, .*: none is given/ },
  { what: 'two contents',             play: { from, text: 'x', tap: 'Yes' },                    path: 'tap',            says: /text and tap are given/ },
  { what: 'an unknown member',        play: { from, txt: 'x' },                                 path: 'txt',            says: /is not a member of a play: did you mean text\?/ },
  { what: 'a place in other words',   play: { from, location: { latitude: 1, longitude: 2, lat: 1, lng: 2 } }, path: 'location', says: /must not have lat, lng; there are latitude, longitude, name, address/ },
  { what: 'a file in other words',    play: { from, file: { data: 'eA==', filename: 'a' } },    path: 'file',           says: /must not have filename: did you mean name\?/ },
  { what: 'a reaction that is text',  play: { from, reaction: '👍' },                           path: 'reaction',       says: /must be an object like \{"to":"last","emoji":"👍"\}/ },
  { what: 'an outcome that is text',  play: { from, text: 'x', next: 'failed' },                path: 'next',           says: /must be an object like \{"outcome"/ },
  { what: 'an unknown version',       play: { from, text: 'x', payload: 'v0' },                 path: 'payload',        says: /must be one of v2, v1/ },
  { what: 'a body that is text',      play: 'Hello',                                            path: '',               says: /must be a JSON object/ },
  { what: 'bytes that are none',      play: { from, file: { data: 'ä' } },                      path: 'file.data',      says: /base64/ },
  { what: 'an unknown kind of file',  play: { from, file: { data: 'eA==', kind: 'gif' } },      path: 'file.kind',      says: /must be one of image, audio, voice/ },
  { what: 'a place beyond the pole',  play: { from, location: { latitude: 91, longitude: 0 } }, path: 'location.latitude', says: /must be at most 90/ },
  { what: 'a button that is not there', play: { from, tap: 'Maybe' },                           path: 'tap',            says: /: “Yes”, “No”/ },
  { what: 'a form that is not there', play: { from, form: { a: 1 } },                           path: 'form',           says: /this chat has none/ },
  { what: 'a tap on another message', play: { from, tap: 'Yes', to: 'wamid.none' },             path: 'to',             says: /message_id of a message of this chat/ },
  { what: 'an unknown message',       play: { from, reaction: { to: 'wamid.none', emoji: '👍' } }, path: 'reaction.to', says: /or "last"/ },
  { what: 'an edit before a message', play: { from, edit: { to: 'last', text: 'x' } },          path: 'edit.to',        says: /there is none/ },
  { what: 'an unknown quotation',     play: { from, text: 'x', quote: 'wamid.none' },           path: 'quote',          says: /there is none/ },
  { what: 'a reaction in v1',         play: { from, payload: 'v1', reaction: { to: 'last', emoji: '👍' } }, path: 'reaction', says: /"payload": "v2"/ },
  { what: 'an unknown outcome',       play: { from, text: 'x', next: { outcome: 'lost' } },     path: 'next.outcome',   says: /must be one of failed, no-whatsapp, window-closed/ },
];

test.each(wrong)('a play with $what is refused, and the answer names what is wrong', async ({
  play,
  path,
  says,
}) => {
  const yesNo = ['Yes', 'No'].map((title) => ({ type: 'reply', reply: { id: title, title } }));
  const menu = { type: 'button', body: { text: 'Well?' }, action: { buttons: yesNo } };
  await stage.send({ to, type: 'interactive', interactive: menu });
  const { status, body } = await stage.play(play);
  expect(status).toBe(422);
  expect(body.errors).toEqual([{ path, detail: expect.stringMatching(says) }]);
  expect(stage.posted).toEqual([]);
});

test('the refusal of a play has an example of what was tried', async () => {
  const placed = await stage.play({ from, location: { lat: 1, lng: 2 } });
  expect(placed.body.example).toMatchObject({ location: { latitude: expect.any(Number) } });
  const said = await stage.play({ from, txt: 'x' });
  expect(said.body.example).toMatchObject({ text: 'Hello' });
});

test('a play that nothing answers says where to look', async () => {
  await sayAsBusiness();
  const { body } = await stage.play({ from, reaction: { to: 'last', emoji: '👍' } }, '/play');
  expect(body).toMatchObject({ replies: [], note: expect.stringMatching(/message_update/) });
});
