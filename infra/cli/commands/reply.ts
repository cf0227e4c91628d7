import { replyViewSchema } from '../../../shared/contract/reply-view.ts';
import { answerOf } from '../answer-of.ts';
import { replyText } from '../chat-text.ts';
import { command } from '../command.ts';
import { wrongUsage } from '../outcome.ts';

export const reply = command({
  name: 'reply',
  does: 'shows what became of one reply',
  takes: ['show', 'channel', 'reply_id'],
  options: {},
  notes: ['A reply is kept for 14 days. Its words are not shown: chat export has them.'],
  examples: ['reply show ch_0123456789abcdef0123 rep_9a8b7c6d5e4f30211203f4e5d6c7b8a9'],
  run: async ({ given: [what, channel = '', id = ''], ask }) => {
    if (what !== 'show') return wrongUsage('reply can show');
    const path = `/${encodeURIComponent(channel)}/replies/${encodeURIComponent(id)}`;
    const shown = answerOf(await ask({ method: 'GET', path }), replyViewSchema);
    if (!('answered' in shown)) return shown;
    return { kind: 'done', json: shown.answered, text: replyText(shown.answered) };
  },
});
