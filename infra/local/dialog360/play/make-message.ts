import type { Finding } from '../../../../shared/kernel/failure.ts';
import { contactsContent } from './contacts-content.ts';
import { fileContent } from './file-content.ts';
import { findLine } from './find-line.ts';
import { formContent } from './form-content.ts';
import type { ContentName, Play } from './play-schema.ts';
import { tapContent } from './tap-content.ts';
import { quoting, type Scene, shortId, type VisitorMessage } from './visitor-message.ts';

/** What the old API never had. */
const ONLY_V2: readonly ContentName[] = ['form', 'reaction', 'edit', 'revoke', 'welcome'];

/** Makes a message of what is wanted, or says what is wrong with it. */
export function makeMessage(play: Play, name: ContentName, scene: Scene): VisitorMessage | Finding {
  if (play.payload === 'v1' && ONLY_V2.includes(name)) {
    return { path: name, detail: 'must be played with "payload": "v2": the old API has none' };
  }
  const made = make(name, play, scene);
  if ('path' in made || play.quote === undefined) return made;
  const quoted = findLine(scene.account.chat(scene.person), play.quote, 'business', 'quote');
  return 'path' in quoted ? quoted : quoting(made, quoted.message_id, scene.account.key);
}

const make = <Name extends ContentName>(name: Name, play: Play, scene: Scene) =>
  MAKERS[name](play[name] as NonNullable<Play[Name]>, scene, play);

type Maker<Name extends ContentName> = (
  value: NonNullable<Play[Name]>,
  scene: Scene,
  play: Play,
) => VisitorMessage | Finding;

const MAKERS: { [Name in ContentName]: Maker<Name> } = {
  text: (text) => ({
    content: { type: 'text', text: { body: text } },
    line: { type: 'text', text },
    words: `wrote “${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`,
  }),
  file: fileContent,
  location: (location) => {
    const place = `${location.latitude},${location.longitude}`;
    return {
      content: { type: 'location', location },
      line: { type: 'location', text: location.name ?? place, location },
      words: `sent the place ${place}`,
    };
  },
  contacts: contactsContent,
  tap: tapContent,
  form: formContent,
  reaction: ({ to, emoji }, { account, person }) => {
    const target = findLine(account.chat(person), to, 'business', 'reaction.to');
    if ('path' in target) return target;
    const { message_id: id } = target;
    return {
      content: { type: 'reaction', reaction: { message_id: id, ...(emoji && { emoji }) } },
      line: null,
      words: emoji ? `put ${emoji} on ${shortId(id)}` : `took the reaction off ${shortId(id)}`,
      change: () => account.chats.react(person, id, 'user', emoji ?? ''),
    };
  },
  edit: ({ to, text }, { account, person, sentAt }) => {
    const target = findLine(account.chat(person), to, 'user', 'edit.to');
    if ('path' in target) return target;
    const message = { type: 'text', text: { body: text }, context: { id: 'M0' } };
    return {
      content: { type: 'edit', edit: { original_message_id: target.message_id, message } },
      line: null,
      words: `changed ${shortId(target.message_id)} into “${text}”`,
      change: () => {
        target.text = text;
        target.edited_at = new Date(sentAt).toISOString();
      },
    };
  },
  revoke: ({ to }, { account, person, sentAt }) => {
    const target = findLine(account.chat(person), to, 'user', 'revoke.to');
    if ('path' in target) return target;
    return {
      content: { type: 'revoke', revoke: { original_message_id: target.message_id } },
      line: null,
      words: `deleted ${shortId(target.message_id)} for everyone`,
      change: () => {
        target.revoked_at = new Date(sentAt).toISOString();
      },
    };
  },
  welcome: () => ({
    content: { type: 'request_welcome' },
    line: { type: 'request_welcome', text: '' },
    words: 'opened the chat for the first time',
  }),
  unsupported: (kind, _scene, { payload }) => ({
    content: unsupportedContent(kind, payload),
    line: { type: 'unsupported', text: kind },
    words: `sent a ${kind}, which businesses do not get`,
  }),
};

const unsupportedContent = (kind: string, payload: Play['payload']) => {
  const details = 'Message type is currently not supported.';
  const title = 'Message type unknown';
  return payload === 'v1'
    ? { type: 'unknown', errors: [{ code: 501, title, details }] }
    : {
        type: 'unsupported',
        errors: [{ code: 131051, title, message: title, error_data: { details } }],
        unsupported: { type: kind },
      };
};
