import type { AskedAgent, DoctorFinding } from '../../contract/channel-answer.ts';
import { note, ok, problem } from './doctor-finding.ts';

/** What it means how the agent answered the operator's question. */
export function askedFinding({
  outcome,
  replies,
  code,
  reason,
  took_ms,
}: AskedAgent): DoctorFinding {
  const after = `after ${(took_ms / 1000).toFixed(1)} seconds`;
  if (outcome === 'failed') {
    return problem(
      'agent-answer-failed',
      'The agent gave no answer that could be sent',
      `It was asked as a visitor asks, and ${after} the turn was lost (${code}): ${reason}`,
      CURES[code ?? ''] ?? 'Mend the agent; it is asked again in the same way by the next check.',
    );
  }
  if (outcome === 'later') {
    return note(
      'agent-answers-later',
      'The agent wants to answer later',
      `It was asked as a visitor asks, and ${after} it said (202 or 204) that its answer comes by itself.`,
      'Write to the number from a phone: a test turn has no chat in which a later answer could arrive.',
    );
  }
  const refused = replies.flatMap((reply, at) =>
    reply.refused === null ? [] : [`replies.${at}: ${reply.refused}`],
  );
  if (refused.length > 0) {
    return problem(
      'agent-reply-refused',
      'A reply of the agent would not be sent',
      `It was asked as a visitor asks, and ${after} answered. ${refused.join(' ')}`,
      'Let the agent answer in the form that docs/contract.md describes.',
    );
  }
  if (replies.length === 0) {
    return note(
      'agent-answered-nothing',
      'The agent answered, and a visitor would have got nothing',
      `It was asked as a visitor asks, and ${after} gave no reply.${reason ? ` ${reason}` : ''}`,
      'Ask it something it has words for; where it should have some, look at its own log.',
    );
  }
  const answered = `It was asked as a visitor asks, and ${after} answered with ${replies.length === 1 ? 'a reply' : `${replies.length} replies`}.`;
  if (reason === null) return ok('agent-answered', 'The agent answers a message', answered);
  return note(
    'agent-answered',
    'The agent answers a message, and not all of it is understood',
    `${answered} ${reason}`,
    'Let the agent answer in the form that docs/contract.md describes.',
  );
}

const CURES: Record<string, string> = {
  'agent-unavailable': 'Start the agent, or correct agent.url.',
  'agent-timeout': 'Let the agent answer faster, or raise agent.timeout_ms.',
  'agent-rejected': 'Correct agent.url, the key, and the names of models and assistants in agent.',
  'agent-answer-invalid':
    'Correct agent.url or agent.kind: what answers there speaks another wire.',
  'agent-answer-too-large': 'Let the agent answer in fewer words.',
  'agent-address-refused': 'Set agent.url to a public https address.',
};
