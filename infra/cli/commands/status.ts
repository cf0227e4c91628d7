import { type ChannelStatus, statusAnswerSchema } from '../../../shared/contract/status-answer.ts';
import { answerOf } from '../answer-of.ts';
import { command } from '../command.ts';
import { table } from '../table.ts';

export const status = command({
  name: 'status',
  does: 'says how the channels are, a line each',
  takes: [],
  options: {},
  notes: [
    'The times of the last message and the last status may lag five minutes behind. WAITS: calls to the agent or to 360dialog fail, and are tried again.',
  ],
  examples: ['status', 'status --local --json'],
  run: async ({ ask, next: nextCommand }) => {
    const channels: ChannelStatus[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const path: string = next && `?${new URLSearchParams({ next })}`;
      const answer = await ask({ method: 'GET', root: '/admin/status', path });
      const page = answerOf(answer, statusAnswerSchema);
      if (!('answered' in page)) return page;
      channels.push(...page.answered.channels);
      next = page.answered.next;
    }
    const text =
      channels.length === 0
        ? `There is no channel yet: ${nextCommand('create', '--help')}`
        : table([HEAD, ...channels.map(rowOf)]);
    return { kind: 'done', json: { channels, next: null }, text };
  },
});

const HEAD = ['CHANNEL', 'STATE', 'LAST MESSAGE', 'LAST STATUS', 'WAITS', 'DEAD LETTERS', 'TITLE'];

const rowOf = (channel: ChannelStatus): string[] => [
  channel.id,
  stateOf(channel),
  channel.last_inbound_at ?? 'never',
  channel.last_status_at ?? 'never',
  channel.waiting ? `for the ${channel.waiting.for} since ${channel.waiting.since}` : 'no',
  `${channel.dead_letters.count}${channel.dead_letters.more ? '+' : ''}`,
  channel.title,
];

const stateOf = ({ active, held, blocked }: ChannelStatus): string =>
  [
    ...(active ? [] : ['inactive']),
    ...(held ? ['held'] : []),
    ...(blocked ? [`blocked (${blocked.code})`] : []),
  ].join(', ') || 'active';
