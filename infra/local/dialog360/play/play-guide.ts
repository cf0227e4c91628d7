import { EXAMPLES, OUTCOME_EXAMPLE } from './play-examples.ts';
import type { ContentName } from './play-schema.ts';

/** What `GET /play` answers: all that can be played, and how. */
export const playGuide = (url: string) => ({
  how: `curl ${url}/play -d '${JSON.stringify(EXAMPLES.text)}'`,
  file: `curl ${url}/play -F from=491700000001 -F file=@photo.jpg -F caption=Look`,
  voice: `curl ${url}/play -F from=491700000001 -F file=@note.ogg -F kind=voice`,
  one_of: EXAMPLES satisfies Record<ContentName, object>,
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
    'for messages that answer nothing': `curl ${url}/outcomes -d '${JSON.stringify(OUTCOME_EXAMPLE)}'`,
  },
  // Not the double's: everything in the runtime goes by one clock.
  time: { 'lets 25 hours pass': `curl ${new URL('/sandbox/clock', url)} -d '{"hours":25}'` },
  look: {
    chat: `curl ${url}/chats/491700000001`,
    chats: `curl ${url}/chats`,
    outcomes_that_wait: `curl ${url}/outcomes`,
  },
});
