import { channelListSchema } from '../../../shared/contract/channel-answer.ts';
import { traceSubject } from '../../../shared/rules/trace/trace-subject.ts';
import { answerOf } from '../answer-of.ts';
import { type Call, command, type Options } from '../command.ts';
import { type Outcome, wrongUsage } from '../outcome.ts';
import {
  askTable,
  type TableStories,
  type ToldChannel,
  tellStories,
} from '../trace/gather-trace.ts';
import { maskedPhone } from '../trace/masked-phone.ts';
import { traceText } from '../trace/trace-text.ts';

const OPTIONS = {
  channel: { type: 'string', value: 'ID', says: 'look in this channel only' },
  'show-phone': { type: 'boolean', says: 'show the visitor’s whole phone number' },
} as const satisfies Options;

const NOTHING_TRACED =
  'Say what of: the whole id of a message, a reply, an event or a chat, or a phone number with its country code';

type TraceCall = Call<typeof OPTIONS>;

export const trace = command({
  name: 'trace',
  does: 'tells the whole story of one message, or of a visitor’s newest ones',
  takes: ['message id | reply id | phone'],
  options: OPTIONS,
  notes: [
    'It takes WhatsApp’s id of a message of either side, the id of a reply, an event, a request, a chat or the dead letter of a turn, a phone number with its country code, a BSUID or a channel_chat_id. Of a visitor it tells the five newest stories.',
    'The table says how far it has come, the log how it came there: without its log a story is told from the table alone, and the end says what is missing. It tells what a story waits for. It never shows what people wrote.',
    'Of the deployed stack it needs, beside what every command needs, cloudformation:ListStackResources, logs:StartQuery and logs:GetQueryResults. AWS bills the query by what it looks through.',
  ],
  examples: [
    'trace wamid.HBgMNDkxNzEzOTIwMDQyFQIAEhgg',
    'trace rep_9a8b7c6d5e4f30211203f4e5d6c7b8a9 --local',
    'trace "+49 171 3920042" --channel ch_0123456789abcdef0123',
  ],
  run: async (call) => {
    const [of = ''] = call.given;
    const subject = traceSubject(of);
    if (!subject) return wrongUsage(NOTHING_TRACED);
    const channels = await channelsFor(call);
    if (!Array.isArray(channels)) return channels;
    // A visitor may write to several channels; an id belongs to one.
    const isVisitor = 'value' in subject;
    const tables: TableStories[] = [];
    for (const channel of channels) {
      const table = await askTable(call.ask, channel, of);
      if ('kind' in table) return table;
      tables.push(table);
      if (!isVisitor && table.isKnown) break;
    }
    const knowing = tables.filter(({ isKnown }) => isKnown);
    // What no table knows the log may know, and says whose it is.
    const told = await tellStories(call, knowing.length > 0 ? knowing : tables);
    const shown = told.map((one) => masked(one, call.values['show-phone'] === true));
    return outcomeOf(shown, call.values.channel === undefined ? '' : ' in this channel');
  },
});

async function channelsFor({ values, ask }: TraceCall): Promise<string[] | Outcome> {
  if (values.channel !== undefined) return [values.channel];
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path: string = cursor && `?${new URLSearchParams({ cursor })}`;
    const page = answerOf(await ask({ method: 'GET', path }), channelListSchema);
    if (!('answered' in page)) return page;
    ids.push(...page.answered.channels.map(({ id }) => id));
    cursor = page.answered.next;
  }
  return ids;
}

const masked = (told: ToldChannel, isShown: boolean): ToldChannel =>
  told.chat?.phone && !isShown
    ? { ...told, chat: { ...told.chat, phone: maskedPhone(told.chat.phone) } }
    : told;

/** Where one channel knows it, the others that could say nothing are left out. */
function outcomeOf(all: ToldChannel[], where: string): Outcome {
  const known = all.filter(
    ({ chat, stories }) => chat || stories.some(({ steps }) => steps.length > 0),
  );
  const told = known.length > 0 ? known : all.slice(0, 1);
  const json = { channels: told };
  if (known.length > 0) return { kind: 'done', json, text: told.map(traceText).join('\n\n') };
  const off = all.filter(({ channel }) => !channel.active).map(({ channel }) => channel.id);
  const why = [
    ...told.flatMap(({ missing }) => missing),
    ...(off.length > 0
      ? [`An inactive channel drops what visitors write: ${off.join(', ')}.`]
      : []),
  ];
  const text = [
    `Nothing is known of it${where}: it never came, or is no longer kept.`,
    ...why.map((sentence) => `  ${sentence}`),
  ].join('\n');
  return { kind: 'problems-found', json, text };
}
