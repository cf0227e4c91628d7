import { notificationAnswerSchema } from '../../../shared/contract/notification-request.ts';
import { answerOf } from '../answer-of.ts';
import { command, type Options } from '../command.ts';
import { type NotAsked, wrongUsage } from '../outcome.ts';
import { API_KEY_NOTE } from '../read-api-key.ts';
import { REPEAT, sendAsChannel } from '../send-as-channel.ts';
import { VISITOR, visitorIn } from '../visitor.ts';

const OPTIONS = {
  ...VISITOR,
  template: { type: 'string', value: 'NAME', says: 'an approved template: see templates' },
  language: { type: 'string', value: 'CODE', says: 'its language, as approved: en, pt_BR' },
  parameter: {
    type: 'string',
    multiple: true,
    value: 'TEXT',
    says: 'a text for the body; several in their order',
  },
  named: { type: 'boolean', says: 'each --parameter is NAME=TEXT' },
  'request-id': { type: 'string', value: 'ID', says: 'yours; the notification event has it' },
  ...REPEAT,
} as const satisfies Options;

export const notify = command({
  name: 'notify',
  does: 'sends a visitor a template, and tells the agent the result',
  takes: ['channel'],
  options: OPTIONS,
  notes: [
    'Name the visitor by exactly one of --phone, --bsuid, --chat-id, --channel-chat-id. A new phone gets a chat.',
    API_KEY_NOTE,
  ],
  examples: [
    'notify ch_0123456789abcdef0123 --phone 491713920042 --template parcel_arrived --language en --parameter 4711',
    'notify ch_0123456789abcdef0123 --phone 491713920042 --template hello --language de --named --parameter name=Anna',
  ],
  run: async (call) => {
    const { given, values } = call;
    const [channel = ''] = given;
    const { template: name, language, 'request-id': request_id } = values;
    if (!name || !language) return wrongUsage('notify needs --template and --language');
    const to = visitorIn(values);
    if ('kind' in to) return to as NotAsked;
    const parameters = parametersIn(values);
    if (parameters && 'kind' in parameters) return parameters as NotAsked;
    const template = { name, language, ...(parameters && { parameters }) };
    const body = { to, template, ...(request_id && { request_id }) };
    const answer = await sendAsChannel(call, { channel, to: 'notifications', body });
    if (answer.kind !== 'answered') return answer;
    const sent = answerOf(answer, notificationAnswerSchema);
    if (!('answered' in sent)) return sent;
    const { notification_id, chat_id, reply_id } = sent.answered;
    const text = `Accepted as ${notification_id} for the chat ${chat_id}. What becomes of it:\n  ${call.next('reply', 'show', channel, reply_id)}`;
    return { kind: 'done', json: sent.answered, text };
  },
});

function parametersIn({ parameter = [], named }: { parameter?: string[]; named?: boolean }) {
  if (parameter.length === 0) return null;
  if (!named) return parameter;
  const pairs = parameter.map((one) => one.match(/^(\w+)=(.*)$/s)?.slice(1) ?? []);
  if (pairs.some(([name]) => !name)) return wrongUsage('With --named each parameter is NAME=TEXT');
  return Object.fromEntries(pairs) as Record<string, string>;
}
