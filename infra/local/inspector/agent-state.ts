import type { AgentState, Step, Trail } from './trail.ts';

const FINE = ['answered', 'answered-without-replies', 'later'];

/** How the agent answered, where a step of the worker says it; null: it was not asked in this step. */
export function agentStateIn({ channel_id }: Trail, { kind, log }: Step): AgentState | null {
  const asked = log.findLast(({ name }) => name === 'agent-asked');
  if (kind !== 'worker' || !asked || channel_id === null) return null;
  const { result, reason, took_ms } = asked.facts;
  return {
    channel_id,
    at: asked.at,
    ok: FINE.includes(String(result)),
    result: String(result),
    reason: typeof reason === 'string' ? reason : '',
    took_ms: Number(took_ms),
  };
}
