import type { ChatNote } from '../../inspector/trail.ts';
import type { Stillness } from '../../stillness.ts';

/** What the runtime knows of what became of a message, beside what the visitor's phone shows. */
export interface Behind extends Pick<Stillness, 'isResting'> {
  notesOf(person: string): ChatNote[];
  /** How long a play waits for replies; without it as long as for people. */
  waitMs?: number;
}

/** Something that a visitor's phone does not show: what it was, and its code and reason. */
export interface NotShown {
  what: ChatNote['kind'];
  code?: string;
  reason?: string;
}

/** What became of a message and is not on the phone. `since`: when the message was played. */
export const notShown = (
  { notesOf }: Pick<Behind, 'notesOf'>,
  person: string,
  since: number,
): NotShown[] =>
  notesOf(person)
    .filter(({ at }) => at >= since)
    .map(({ kind, code, reason }) => ({
      what: kind,
      ...(code !== '' && { code }),
      ...(reason !== '' && { reason }),
    }));

/** Whether nothing comes any more that is not waited for: an agent that is asked again may still answer. */
export const isOver = (notes: NotShown[]): boolean =>
  notes.some(({ what }) => what !== 'agent-asked-again');

const WORDS: Record<ChatNote['kind'], string> = {
  'turn-lost': 'the agent failed for good',
  'agent-asked-again': 'the agent did not answer, and is asked again',
  'agent-answer-odd': 'the agent’s answer was not understood, or only in part',
  refused: 'a reply was refused',
  failed: 'a reply failed',
  parked: 'a reply waits until the window is open',
  expired: 'a reply came too late',
};

/** Why nothing came back, in a sentence. */
export function whyNothing(notes: NotShown[]): string {
  const told = notes.map(({ what, code, reason }) =>
    [WORDS[what], code, reason].filter(Boolean).join(': '),
  );
  return `Nothing came back: ${[...new Set(told)].join('; ')}`;
}
