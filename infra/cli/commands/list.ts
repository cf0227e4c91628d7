import { type ChannelView, channelListSchema } from '../../../shared/contract/channel-answer.ts';
import { read } from '../../../shared/kernel/parse.ts';
import { agentText } from '../channel-text.ts';
import { command } from '../command.ts';
import type { NextCommand } from '../next-command.ts';
import { unreachable } from '../outcome.ts';
import { table } from '../table.ts';

export const list = command({
  name: 'list',
  does: 'lists all channels, oldest first',
  takes: [],
  options: {},
  notes: [],
  examples: ['list', 'list --local --json'],
  run: async ({ ask, next }) => {
    const channels: ChannelView[] = [];
    const raw: unknown[] = [];
    let cursor: string | null = null;
    do {
      const path: string = cursor ? `?${new URLSearchParams({ cursor })}` : '';
      const answer = await ask({ method: 'GET', path });
      if (answer.kind !== 'answered') return answer;
      const page = read(channelListSchema, answer.json);
      if (!page.ok) return unreachable('What answers there is no admin endpoint of this version.');
      channels.push(...page.value.channels);
      raw.push(...(answer.json as { channels: unknown[] }).channels);
      cursor = page.value.next;
    } while (cursor);
    return { kind: 'done', json: { channels: raw, next: null }, text: listText(channels, next) };
  },
});

const listText = (channels: ChannelView[], next: NextCommand): string =>
  channels.length === 0
    ? `There is no channel yet: ${next('create', '--help')}`
    : table([
        ['CHANNEL', 'ACTIVE', 'HOSTING', 'TOKEN', 'TITLE', 'AGENT'],
        ...channels.map(({ id, active, blocked, held, hosting, token, title, agent }) => [
          id,
          blocked ? 'blocked' : held ? 'held' : active ? 'yes' : 'no',
          hosting,
          token,
          shortened(title),
          agentText(agent),
        ]),
      ]);

const shortened = (title: string) => (title.length > 40 ? `${title.slice(0, 39)}…` : title);
