import type { Journey } from './journey.ts';
import type { JourneyVisitor } from './journey-visitor.ts';
import { postTogether } from './post-together.ts';

/** Longer than any machine takes to write a few messages. It is let pass, so it costs no time. */
const BURST_MS = 30_000;

/** The options of a channel whose messages wait for one another. */
export const BURSTS = { burst_ms: BURST_MS, burst_max_ms: 4 * BURST_MS };

/**
 * Lets the wait for more messages pass; what follows may make the next ones wait. The journey needs a
 * runtime of its own (`tuning: {}`), since a clock cannot go back.
 */
export async function burstsPass({ runtime }: Journey): Promise<void> {
  await runtime.settled();
  await runtime.clock.pass(BURST_MS + 1_000);
}

/** Lets the last wait for more messages pass, and resolves when all that follows is done. */
export async function burstsEnd(journey: Journey): Promise<void> {
  await burstsPass(journey);
  await journey.runtime.idle();
}

/**
 * The visitor writes these, each named by phone number alone as taps are, before the worker sees one; the agent
 * answers whatever it is asked about with one word.
 */
export const writesAtOnce = (
  journey: Journey,
  visitor: JourneyVisitor,
  ...texts: string[]
): Promise<void> =>
  postTogether(journey, async () => {
    for (const body of texts) await visitor.says({ type: 'text', text: { body } }, ['ok']);
  });

type Turn = ReturnType<JourneyVisitor['turns']>[number];
export const messagesOf = (event: Turn) =>
  'messages' in event && event.messages ? event.messages : [event.message];

/** The texts of each turn of the visitor's. */
export const turnTexts = (visitor: JourneyVisitor): string[][] =>
  visitor.turns().map((event) => messagesOf(event).map(({ text }) => text));
