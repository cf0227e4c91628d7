import { read } from '../../../shared/kernel/parse.ts';
import { problemAnswer } from '../http/problem-answer.ts';
import type { HttpAnswer, HttpAsk } from '../http/serve.ts';
import type { DoubleAccount } from './account.ts';
import type { Dialog360Double } from './double.ts';
import { playMessage, playSchema } from './play.ts';

/**
 * Two endpoints that 360dialog does not have: `POST /play` writes as a visitor, `GET
 * /chats/{phone}` shows the visitor's phone. Null for any other request.
 */
export async function answerPlay(
  double: Dialog360Double,
  ask: HttpAsk,
): Promise<HttpAnswer | null> {
  const query = new URLSearchParams(ask.query);
  if (ask.method === 'POST' && ask.path === '/play') {
    return play(double, ask.body, query.get('wait') !== '0');
  }
  const phone = ask.path.match(/^\/chats\/(?:\+|%2B)?(\w+)$/i)?.[1];
  if (ask.method === 'GET' && phone) return showChat(double, phone, query.get('token'));
  return null;
}

async function play(double: Dialog360Double, body: Buffer, wait: boolean): Promise<HttpAnswer> {
  const wanted = read(playSchema, parsed(body));
  if (!wanted.ok) {
    const faults = wanted.errors.map(({ path, detail }) => `${path || 'body'} ${detail}`);
    return problemAnswer(422, 'request-invalid', `${faults.join('; ')}. Example: ${EXAMPLE}`);
  }
  const account = accountFor(double, wanted.value.token);
  if (typeof account === 'string') return problemAnswer(409, 'request-invalid', account);
  const played = await playMessage(double, account, wanted.value, { wait });
  const silent = played.replies?.length === 0;
  return readable(silent ? { ...played, note: 'Nothing came back within 10 seconds.' } : played);
}

/** Indented, because people read it at a terminal. */
const readable = (value: unknown): HttpAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: `${JSON.stringify(value, null, 2)}\n`,
});

const EXAMPLE = '{"from":"491700000001","name":"Anna","text":"Hello"}';

/** The account of the channel that is meant, or a sentence that says why it cannot be known. */
function accountFor(double: Dialog360Double, token: string | undefined): DoubleAccount | string {
  const registered = [...double.accounts.values()].filter(({ webhook }) => webhook !== null);
  const named = token === undefined ? registered : registered.filter(({ key }) => key === token);
  const [only, second] = named;
  if (only && !second) return only;
  if (second) return `${named.length} channels are registered here. Name one by its "token".`;
  return token === undefined
    ? 'No channel has registered its webhook here. Create an active one: POST /admin/channels.'
    : 'No channel with this token has registered its webhook here.';
}

function showChat(double: Dialog360Double, phone: string, token: string | null): HttpAnswer {
  const lines = [...double.accounts.values()]
    .filter(({ key }) => token === null || key === token)
    .flatMap((account) => account.chat(phone));
  return readable({ phone, messages: lines.toSorted((a, b) => a.at.localeCompare(b.at)) });
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
