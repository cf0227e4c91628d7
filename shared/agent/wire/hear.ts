import { readJson } from '../../kernel/read-json.ts';
import { withoutSlashes } from '../../kernel/without-slashes.ts';
import { type AgentReply, readRefusal, refused } from './answer.ts';
import type { Heard } from './kind.ts';
import { redirectWords } from './status-words.ts';

/** The JSON of an answer; or what the answer means where it holds none. */
export function jsonOf(heard: Heard): { json: unknown } | { reply: AgentReply } {
  const reply = notTaken(heard);
  if (reply) return { reply };
  const text = heard.body.toString('utf8').trim();
  const json = readJson(text);
  if (json !== undefined) return { json };
  const found = text === '' ? 'empty' : text.startsWith('<') ? 'HTML or XML' : 'no JSON';
  return { reply: refused('agent-answer-invalid', `The answer is ${found}, and JSON is wanted.`) };
}

/** What an answer means that is no success, or says that the agent will write later; null: it is one to read. */
export function notTaken({ status, headers, body }: Heard): AgentReply | null {
  if (status === 202 || status === 204) return { kind: 'later' };
  if (status >= 200 && status < 300) return null;
  const code = codeIn(body);
  return readRefusal(
    { status, headers },
    `HTTP ${status}${hintFor(status)}${redirectWords({ status, headers })}${code}`,
  );
}

const hintFor = (status: number): string =>
  status === 401 || status === 403 ? ', the key is refused' : '';

/** The name a server gives its refusal, as `model_not_found`: a name alone, never its words. */
function codeIn(body: Buffer): string {
  const { error, detail } = Object(readJson(body.subarray(0, 65_536).toString('utf8')));
  const { code, type } = Object(error ?? detail);
  const name = [code, type, error].find(
    (word): word is string => typeof word === 'string' && /^[A-Za-z][\w.-]{1,60}$/.test(word),
  );
  return name ? ` (${name})` : '';
}

/** The address with a path behind its own; a query stays where it is. */
export function under(url: string, path: string): string {
  const [base = '', ...query] = url.split('?');
  return [`${withoutSlashes(base)}${path}`, ...query].join('?');
}

export const bearer = (key: string | null): Record<string, string> =>
  key === null ? {} : { authorization: `Bearer ${key}` };
