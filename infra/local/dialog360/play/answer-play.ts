// What 360dialog does not have: endpoints to be a visitor and to look at the visitor's phone.

import type { HttpAnswer, HttpAsk } from '../../http/serve.ts';
import { answerFile } from '../answer-media.ts';
import type { Dialog360Double } from '../double.ts';
import { accountFor } from './account-for.ts';
import { answerOutcomes } from './answer-outcomes.ts';
import { type Behind, whyNothing } from './not-shown.ts';
import { notRead, readable, refusal } from './play-answers.ts';
import { playGuide } from './play-guide.ts';
import { playMessage } from './play-message.ts';
import type { ContentName } from './play-schema.ts';
import { readPlay } from './read-play.ts';
import { showChat, showChats } from './show-chat.ts';

/**
 * `POST /play` acts as a visitor, `GET /play` says how, `/outcomes` makes the next messages fail, `GET
 * /chats/{person}` shows a visitor's phone and `GET /files/{id}` a file on it. Null for any other
 * request.
 */
export async function answerPlay(
  double: Dialog360Double,
  ask: HttpAsk,
  behind: Behind = NOTHING_BEHIND,
): Promise<HttpAnswer | null> {
  const token = new URLSearchParams(ask.query).get('token');
  if (ask.path === '/play') {
    return ask.method === 'POST' ? play(double, ask, behind) : readable(playGuide(double.url));
  }
  if (ask.path === '/outcomes') return answerOutcomes(double, ask);
  if (ask.method !== 'GET') return null;
  if (ask.path === '/chats') return readable(showChats(double, token));
  const person = ask.path.match(/^\/chats\/([^/]+)$/)?.[1];
  if (person) return showChat(double, person, token);
  const file = ask.path.match(/^\/files\/([\w-]+)$/)?.[1];
  return file ? answerFile([...double.accounts.values()], file, ask) : null;
}

/** Beside a double alone nothing works that could say more. */
const NOTHING_BEHIND: Behind = { notesOf: () => [], isResting: () => false };

const NOTHING =
  'Nothing came back. The terminal of npm start says what the agent answered, and what became of it.';
const NOTHING_OF_UPDATE =
  'Nothing came back. An agent hears of reactions, edits and deletions when agent.events names message_update.';
const UPDATES: readonly ContentName[] = ['reaction', 'edit', 'revoke'];

async function play(double: Dialog360Double, ask: HttpAsk, behind: Behind): Promise<HttpAnswer> {
  const wait = new URLSearchParams(ask.query).get('wait') !== '0';
  const reading = await readPlay(ask);
  if (!reading.ok) return notRead(reading.errors, double.url);
  const account = accountFor(double, reading.play);
  if (typeof account === 'string') return refusal(409, account);
  const played = await playMessage(double, account, reading, { wait, behind });
  if ('path' in played) return notRead([played], double.url);
  if (played.replies?.length !== 0) return readable(played);
  const usual = UPDATES.includes(reading.name) ? NOTHING_OF_UPDATE : NOTHING;
  return readable({ ...played, note: played.not_shown ? whyNothing(played.not_shown) : usual });
}
