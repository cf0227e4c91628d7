import { type ChannelView, channelAnswerSchema } from '../../../shared/contract/channel-answer.ts';
import { answerOf } from '../answer-of.ts';
import { command } from '../command.ts';

export const exportChannel = command({
  name: 'export',
  does: 'prints a channel as the file that create --from takes',
  takes: ['channel'],
  options: {},
  notes: [
    'Write it into a file, for instance with > support.json.',
    'It holds no secret: the 360dialog API key is asked for again, and the headers and keys of the agent and the transcriber have to be added.',
    'Made anew from it, the channel has another id, other addresses and other secrets; its chats stay behind.',
  ],
  examples: ['export ch_0123456789abcdef0123'],
  run: async ({ given: [channel = ''], ask }) => {
    const path = `/${encodeURIComponent(channel)}`;
    const found = answerOf(await ask({ method: 'GET', path }), channelAnswerSchema);
    if (!('answered' in found)) return found;
    const { title, hosting, base_url, agent, options } = found.answered.channel;
    const { headers: _headers, api_key: _key, ...plain } = agent; // they are masked
    const file = { title, hosting, base_url, agent: plain, options: unmasked(options) };
    return { kind: 'done', json: file, text: JSON.stringify(file, null, 2) };
  },
});

/** Without what stands there masked. */
function unmasked({ transcription, ...options }: ChannelView['options']) {
  if (!transcription) return { ...options, transcription: null };
  const { headers: _headers, api_key: _key, ...plain } = transcription;
  return { ...options, transcription: plain };
}
