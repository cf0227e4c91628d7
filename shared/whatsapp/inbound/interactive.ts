import type { Content } from '../../contract/message.ts';
import {
  defined,
  flagAt,
  isJson,
  type Json,
  objectAt,
  textAt,
  timeAt,
  valueAt,
  wordAt,
} from '../foreign-json.ts';
import { rawObject } from './raw-form.ts';

/** What was tapped or filled in; null where the reply is missing, which has been seen (docs/360dialog.md#message-types). */
export function readInteractive(message: Json): Content | null {
  const body = objectAt(message, 'interactive');
  const type = wordAt(body, 'type') ?? '';
  const reply = objectAt(body, type);
  if (!reply) return null;
  switch (type) {
    case 'button_reply':
    case 'list_reply':
      return readChoice(reply);
    case 'nfm_reply':
      return readForm(reply);
    case 'call_permission_reply':
      return readCallPermission(reply);
    default:
      return null;
  }
}

function readChoice(reply: Json): Content | null {
  const id = wordAt(reply, 'id') ?? wordAt(reply, 'title');
  if (id === undefined) return null;
  const label = wordAt(reply, 'title') ?? id;
  const description = wordAt(reply, 'description');
  return { kind: 'choice', option: defined({ id, label, description }), via: 'tap' };
}

/** What `renderFlow` gives a flow: the id of our reply. A token of the agent's own, in a raw message, is its answer. */
const OUR_TOKEN = /^rep_[0-9a-f]{32}$/;

function readForm(reply: Json): Content {
  const json = valueAt(reply, 'response_json');
  const answers = typeof json === 'string' ? parsed(json) : json;
  const { flow_token: token, ...others } = isJson(answers) ? rawObject(answers) : {};
  const isOurs = typeof token === 'string' && OUR_TOKEN.test(token);
  return defined<Content>({
    kind: 'form',
    name: textAt(reply, 'name') ?? '',
    answers: isOurs || token === undefined ? others : { flow_token: token, ...others },
    reply_id: isOurs ? token : undefined,
    response_json: typeof json === 'string' && !isJson(answers) ? json : undefined,
  });
}

function readCallPermission(reply: Json): Content | null {
  const response = wordAt(reply, 'response');
  if (!response) return null;
  const expiresAt = timeAt(reply, 'expiration_timestamp');
  return defined<Content>({
    kind: 'call_permission',
    response,
    is_permanent: flagAt(reply, 'is_permanent'),
    expires_at: expiresAt === null ? undefined : new Date(expiresAt).toISOString(),
    response_source: wordAt(reply, 'response_source'),
  });
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null; // the words are kept as they came
  }
}
