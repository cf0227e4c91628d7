import { type Journey, startJourney } from './journey.ts';
import { editChannel, type JourneyVisitor } from './journey-visitor.ts';
import { startWireDouble, type WireDouble, type WireRequest } from './wire-double.ts';

/** A journey whose agent is one of the kinds that speak a wire of their own. */
export interface KindJourney {
  journey: Journey;
  agent: WireDouble;
  /** The channel's agent becomes this one. */
  becomes(kind: string, more?: Record<string, unknown>): Promise<void>;
  /** The visitor sends this, and everything that follows is over. */
  says(visitor: JourneyVisitor, what: string | Record<string, unknown>): Promise<void>;
  /** What was posted to the agent since it became what it is. */
  posted(): WireRequest[];
  stop(): Promise<void>;
}

export async function startKindJourney(): Promise<KindJourney> {
  const journey = await startJourney();
  const agent = await startWireDouble();
  return {
    journey,
    agent,
    becomes: async (kind, more = {}) => {
      agent.usually(() => ({}));
      await editChannel(journey, { agent: { kind, url: agent.url, ...more } });
      agent.requests.splice(0);
    },
    says: async (visitor, what) => {
      await visitor.says(what);
      await journey.runtime.idle();
    },
    posted: () => agent.requests.filter(({ method }) => method === 'POST'),
    stop: async () => {
      await journey.stop();
      await agent.stop();
    },
  };
}

/** A visitor taps a button. */
export const tap = (id: string, title: string) => ({
  type: 'interactive',
  interactive: { type: 'button_reply', button_reply: { id, title } },
});
