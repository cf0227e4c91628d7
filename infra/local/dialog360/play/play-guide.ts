import type { ContentName } from './play-schema.ts';

/** A byte or two of a picture: the smallest PNG there is. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

const from = '+49 170 0000001';

/** An example of each thing a visitor can do, which runs as it is. */
export const EXAMPLES: Record<ContentName, object> = {
  text: { from, name: 'Anna', text: 'Hello' },
  file: { from, file: { data: PICTURE, name: 'photo.png', caption: 'Look' } },
  location: { from, location: { latitude: 52.5186, longitude: 13.3762, name: 'Reichstag' } },
  contacts: { from, contacts: [{ name: 'Ivan Petrov', phones: ['+49 171 0000002'] }] },
  tap: { from, tap: 'Yes' },
  form: { from, form: { day: 'Monday', time: '10:30' } },
  reaction: { from, reaction: { to: 'last', emoji: '👍' } },
  edit: { from, edit: { to: 'last', text: 'Hello again' } },
  revoke: { from, revoke: { to: 'last' } },
  welcome: { from, welcome: true },
  unsupported: { from, unsupported: 'poll' },
};

/** What `GET /play` answers: all that can be played, and how. */
export const playGuide = (url: string) => ({
  how: `curl ${url}/play -d '${JSON.stringify(EXAMPLES.text)}'`,
  file: `curl ${url}/play -F from=491700000001 -F file=@photo.jpg -F caption=Look`,
  voice: `curl ${url}/play -F from=491700000001 -F file=@note.ogg -F kind=voice`,
  one_of: EXAMPLES,
  beside_it: {
    from: 'a phone number as people write it',
    bsuid: 'instead of it: a visitor who withholds the phone number, such as DE.7340021985561204',
    name: 'Anna by default',
    quote: 'the message_id of the message that is answered, or "last"',
    to: 'of a tap or a form: the message_id of the message with the button; by default the newest that has it',
    hours_ago: 'how old the message is: after 24 hours the window is closed',
    payload: '"v2" by default; "v1" is the body of the old API',
    channel:
      'the id of the channel, ch_…, or "token", its 360dialog API key, when there are several',
    next: 'what becomes of the next message of the business: one of the outcomes below',
    '?wait=0': 'answers at once, without the replies',
  },
  outcomes: {
    'fails later': { next: { outcome: 'failed' } },
    'fails later with a code of your own': { next: { code: 131053 } },
    'the number is not on WhatsApp': { next: { outcome: 'no-whatsapp' } },
    // Twice, because the sender does not believe it the first time: the visitor has just written.
    'the window is closed, which WhatsApp says later': {
      next: { outcome: 'window-closed', times: 2 },
    },
    'the window is closed, which WhatsApp says at once': {
      next: { outcome: 'window-closed', at_once: true, times: 2 },
    },
    'the window is closed, which is known before': { hours_ago: 25 },
    'for messages that answer nothing': `curl ${url}/outcomes -d '{"to":"${from}","outcome":"no-whatsapp"}'`,
  },
  // Not the double's: everything in the runtime goes by one clock.
  time: { 'lets 25 hours pass': `curl ${new URL('/sandbox/clock', url)} -d '{"hours":25}'` },
  look: {
    chat: `curl ${url}/chats/491700000001`,
    chats: `curl ${url}/chats`,
    outcomes_that_wait: `curl ${url}/outcomes`,
  },
});
