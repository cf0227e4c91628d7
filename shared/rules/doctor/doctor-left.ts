import type { DoctorFinding } from '../../contract/channel-answer.ts';
import type { ChannelStatus } from '../../contract/status-answer.ts';
import { note } from './doctor-finding.ts';

/** What of the past is left: `GET /admin/status` has the same. */
export type WhatIsLeft = Pick<ChannelStatus, 'waiting' | 'dead_letters'>;

/** What waits, and what was given up: a channel that works again does not answer it by itself, or not yet. */
export const leftFindings = ({ waiting, dead_letters }: WhatIsLeft): DoctorFinding[] => [
  ...(waiting ? [waitingNote(waiting)] : []),
  ...(dead_letters.count > 0 ? [lettersNote(dead_letters)] : []),
];

const waitingNote = ({ for: side, since, failures }: NonNullable<WhatIsLeft['waiting']>) =>
  side === 'agent'
    ? note(
        'agent-waited-for',
        'Messages wait for the agent',
        `Calls to it have failed since ${since}, ${failures} in a row. What waits is tried again by itself, for some minutes.`,
        'Start or repair the agent; what is given up meanwhile is a dead letter.',
      )
    : note(
        'provider-waited-for',
        'Replies wait for 360dialog',
        `Calls to it have failed since ${since}, ${failures} in a row. What waits is tried again by itself.`,
        'Wait, or look at the account in the 360dialog Hub.',
      );

const lettersNote = ({ count, more }: WhatIsLeft['dead_letters']) =>
  note(
    'dead-letters-left',
    `Dead letters: ${count}${more ? ' or more' : ''}`,
    'They were given up: messages that got no answer, replies that did not go. No visitor gets anything for them by itself.',
    'Look at them, repair what they say, then redrive or drop them.',
  );
