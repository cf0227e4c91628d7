// A person with everything that is ever kept about one, for the journeys about erasing.
import { expect } from 'vitest';
import type { Journey } from './journey.ts';
import type { JourneyClient } from './journey-client.ts';
import type { AgentSays } from './runtime-agent.ts';
import { cloudChange, cloudMessage } from './webhook-bodies.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface Person {
  phone: string;
  bsuid: string;
  name: string;
  /** In everything that is said by them, to them and about them. */
  word: string;
}

let born = 0;
/** Another person each time. */
export function someone(): Person {
  born += 1;
  const n = String(born).padStart(3, '0');
  return {
    phone: `49176554${n}81`,
    bsuid: `DE.88120${n}4415502`,
    name: `Wilhelmine ${n} Ohnesorg`,
    word: `Rosenkohl${n}`,
  };
}

/** WhatsApp's ids hold the phone in base64. */
export const wamid = ({ phone }: Person, what: string) =>
  `wamid.${Buffer.from(`\x1d\x13\f${phone}\x15\x02${what}`).toString('base64')}`;

const from = ({ phone, bsuid, name }: Person) => ({ wa_id: phone, user_id: bsuid, name });
export const text = (body: string) => ({ type: 'text', text: { body } });

/** A status of a message that is not ours, or of which we do not know yet that it is. */
export const status = (person: Person, what: string, kind: string, errors?: unknown[]) =>
  cloudChange('messages', {
    statuses: [
      {
        id: wamid(person, what),
        status: kind,
        timestamp: String(Math.floor(Date.now() / 1000)),
        recipient_id: person.phone,
        recipient_user_id: person.bsuid,
        ...(errors && { errors }),
      },
    ],
  });

export interface Life {
  /** Posts a body to the webhook and waits until nothing is at work. */
  post(body: object): Promise<void>;
  says(person: Person, message: Record<string, unknown>): Promise<void>;
  /** A person who wrote a day ago, so that what is sent to them is parked. Resolves to the id of their chat. */
  waitsParked(person: Person): Promise<string>;
  /** A person with everything that is ever kept about one. Resolves to the id of their chat. */
  livesThroughAll(person: Person): Promise<string>;
}

/** The channel's option `if_window_closed` is `park`. */
export function openLife(journey: Journey, client: JourneyClient): Life {
  const post = async (body: object) => {
    expect(await journey.post(body)).toBe(200);
    await journey.runtime.idle();
  };
  const says = (person: Person, message: Record<string, unknown>) =>
    post(cloudMessage(from(person), message));
  // Not the next request: what became of a reply may be told before the agent is asked.
  const answersWith = (says: AgentSays) =>
    journey.agent.answerWith(({ event }) =>
      event.event.type === 'message' ? says : { replies: [] },
    );
  async function livesThroughAll(person: Person): Promise<string> {
    const { phone, bsuid, word } = person;
    const to = { phone };
    const chatId = await waitsParked(person);

    // Evidence of what could not be read: of one nothing is recognised at all.
    await post(cloudMessage(from(person), { type: 'text', text: { body: `unread ${word}` } }));
    await post({ something_new: { [`+${phone}`]: { said: word } } });

    // The 24 hours are open: a menu, a picture, a lost turn, a notification, a request from outside.
    answersWith({
      replies: [{ type: 'buttons', text: `menu ${word}`, buttons: [`${word} 1`, `${word} 2`] }],
    });
    await says(person, { id: wamid(person, 'now'), ...text(`hello ${word}`) });
    answersWith({ replies: [`a picture ${word}`] });
    const image = { id: `5${born}01`, mime_type: 'image/jpeg', caption: word };
    await says(person, { id: wamid(person, 'pic'), type: 'image', image });
    const fileUrl = /"url":"([^"]+media[^"]+)"/.exec(JSON.stringify(journey.agent.turns().at(-1)));
    expect((await fetch(fileUrl?.[1] ?? '')).status).toBe(404); // which is remembered, by the file's id
    answersWith({ status: 404 });
    await says(person, { id: wamid(person, 'lost'), ...text(`lost ${word}`) });
    const template = { name: 'parcel', language: 'en', parameters: [word] };
    const { status: accepted } = await client.ask('POST', '/notifications', { to, template });
    expect(accepted).toBe(202);
    await journey.runtime.idle();
    await client.request({ about: word, phone }, { query: `chat_id=${chatId}` });
    await journey.runtime.idle();

    // Statuses without our callback data: of a message we do not know.
    const error = { code: 131026, title: `Undeliverable to ${phone}`, message: word };
    await post(status(person, 'early', 'sent'));
    await post(status(person, 'early', 'failed', [error]));
    // A person of the business answers from the app; the visitor wants no marketing.
    await post(
      cloudChange('smb_message_echoes', {
        message_echoes: [
          {
            from: '493023125100',
            to: phone,
            to_user_id: bsuid,
            id: wamid(person, 'echo'),
            timestamp: String(Math.floor(Date.now() / 1000)),
            ...text(`from the app ${word}`),
          },
        ],
      }),
    );
    return chatId;
  }

  async function waitsParked(person: Person): Promise<string> {
    const { phone, word } = person;
    const dayOld = String(Math.floor((Date.now() - DAY_MS) / 1000));
    answersWith({ replies: [] });
    await says(person, { id: wamid(person, 'old'), timestamp: dayOld, ...text(word) });
    await client.send({ phone }, [`parked ${word}`]);
    await journey.runtime.idle();
    const { body } = await client.ask('GET', `/chats?phone=${phone}`);
    expect(body.parked).toBe(1);
    return String(body.chat_id);
  }

  return { post, says, waitsParked, livesThroughAll };
}
