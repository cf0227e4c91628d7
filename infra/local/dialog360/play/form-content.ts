import type { Finding } from '../../../../shared/kernel/failure.ts';
import { findLine } from './find-line.ts';
import type { Play } from './play-schema.ts';
import { quoting, type Scene, type VisitorMessage } from './visitor-message.ts';

/** The answers of a form (a flow of WhatsApp's), to the newest message of the business that opens one. */
export function formContent(
  answers: NonNullable<Play['form']>,
  { account, person }: Scene,
  { to }: Pick<Play, 'to'>,
): VisitorMessage | Finding {
  const chat = account.chat(person);
  const named = to === undefined ? null : findLine(chat, to, 'business', 'to');
  if (named && 'path' in named) return named;
  const lines = named ? [named] : chat;
  const line = lines.findLast(({ buttons = [] }) => buttons.some(({ kind }) => kind === 'form'));
  if (!line) return { path: 'form', detail: 'must answer a flow, and this chat has none' };
  const reply = { name: 'flow', body: 'Sent', response_json: JSON.stringify(answers) };
  const message = {
    content: { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: reply } },
    line: { type: 'interactive', text: reply.body },
    words: `filled in the form ${JSON.stringify(answers)}`,
  };
  return quoting(message, line.message_id, account.key);
}
