import { table } from '../table.ts';
import type { ToldChannel, ToldStory } from './gather-trace.ts';

/** The stories of a channel as a person reads them: one line a step. */
export const traceText = (told: ToldChannel): string =>
  [
    headOf(told),
    ...told.stories.map(storyText),
    ...(told.stories.length === 0 ? ['No message of this visitor is kept any more.'] : []),
    ...(told.older_dead_letters.length > 0
      ? [['Given up before', ...indented(told.older_dead_letters)].join('\n')]
      : []),
    ...(told.missing.length > 0 ? [['Missing', ...indented(told.missing)].join('\n')] : []),
  ].join('\n\n');

function headOf({ channel, chat }: ToldChannel): string {
  const window = chat?.window.open ? `open until ${chat.window.until}` : 'closed';
  return table([
    ['channel', `${channel.title} (${channel.id})${channel.active ? '' : ', inactive'}`],
    ...(chat
      ? [
          ['chat', `${chat.chat_id}, of ${chat.phone ?? 'a visitor without a phone number'}`],
          ['window', window],
          ...(chat.paused_until ? [['paused until', chat.paused_until]] : []),
          ...(chat.held_by ? [['held by', chat.held_by]] : []),
          ...(chat.opted_out ? [['opted out of', chat.opted_out]] : []),
        ]
      : []),
  ]);
}

const storyText = ({ trace_id, steps, waits_for }: ToldStory): string =>
  [
    `Story ${trace_id}`,
    ...(steps.length > 0
      ? [
          table(
            [
              ['TIME', 'ROOM', 'ATTEMPT', 'WHAT HAPPENED'],
              ...steps.map(({ at, room, attempt, says }) => [
                at,
                room,
                attempt === null ? '' : String(attempt),
                says,
              ]),
            ],
            '  ',
          ),
        ]
      : []),
    ...(waits_for.length > 0
      ? ['Waits for', ...indented(waits_for)]
      : steps.length > 0
        ? ['Nothing is waited for.']
        : []),
  ].join('\n');

const indented = (lines: string[]): string[] => lines.map((line) => `  ${line}`);
