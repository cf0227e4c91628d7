import type { AskedAgent, DoctorFinding } from '../../contract/channel-answer.ts';
import type { Readiness, ReadyDoubt } from '../channel/activation.ts';
import { askedFinding } from './doctor-asked.ts';
import { note, ok, problem } from './doctor-finding.ts';

/** What the agent's answers to `ready`, or in place of it, and to the operator's question say. */
export const agentFindings = (agent: Readiness, asked: AskedAgent | null): DoctorFinding[] => [
  ...(agent.kind === 'unasked' && asked ? [] : [agentFinding(agent)]),
  ...(asked ? [askedFinding(asked)] : []),
];

function agentFinding(agent: Readiness): DoctorFinding {
  switch (agent.kind) {
    case 'ready':
      if (agent.doubt) return doubtFinding(agent.doubt);
      return ok(
        'agent-ready',
        'The agent answers',
        agent.found ?? 'It does not say that it is not ready.',
      );
    case 'unasked':
      return note(
        'agent-not-asked',
        'The agent was not asked',
        'Agents of this kind have no question that costs nothing and changes nothing.',
        'Ask it one real question: `check --ask "ping"`, or {"ask": "ping"} at the endpoint.',
      );
    case 'not-ready':
      return problem(
        'agent-not-ready',
        'The agent says it is not ready',
        agent.reason ? `It says: ${agent.reason}` : 'It gives no reason.',
        'Train or start the agent.',
      );
    case 'silent':
      return problem(
        'agent-silent',
        'Agent did not answer',
        `The agent was asked whether it is ready and did not answer (${agent.reason}). Messages are tried again for some minutes, then given up.`,
        'Start the agent, or correct agent.url.',
      );
  }
}

function doubtFinding({ why, status }: ReadyDoubt): DoctorFinding {
  switch (why) {
    case 'unauthorized':
      return problem(
        'agent-unauthorized',
        'The agent refuses our signature',
        `Asked whether it is ready the agent answers HTTP ${status}. With the same answer to a message the turn is lost.`,
        'Give the agent this channel’s agent secret (rotating it shows a new one), or the header it asks for in agent.headers. Its clock has to be right, too.',
      );
    case 'key-refused':
      return problem(
        'agent-key-refused',
        'The agent refuses the key',
        `Asked what it is the agent answers HTTP ${status}. With the same answer to a message the turn is lost.`,
        'Set agent.api_key, or the header it asks for in agent.headers.',
      );
    case 'not-found':
      return problem(
        'agent-not-found',
        'There is no agent at this address',
        `Asked whether it is ready the server at agent.url answers HTTP ${status}: no POST is taken at this path.`,
        'Correct agent.url: its path, and the slash at its end.',
      );
    case 'redirects':
      return problem(
        'agent-redirects',
        'The agent’s address redirects',
        `The server at agent.url answers HTTP ${status} and names another address. No redirect is followed, so every turn is lost.`,
        'Set agent.url to the address it leads to; often only a slash at the end or https is missing.',
      );
    case 'html':
      return problem(
        'agent-answers-html',
        'A web page answers instead of the agent',
        `The server at agent.url answers HTTP ${status} with HTML. An agent answers JSON: with a page every turn is lost.`,
        'Correct agent.url, or have the tunnel or the login page in front of the agent let us through.',
      );
    case 'refuses':
      return note(
        'agent-refuses-ready',
        'The agent does not take the question',
        `Asked whether it is ready the agent answers HTTP ${status}. An agent that does not know this event may do so; one that answers messages like this loses them.`,
        'Let the agent answer events whose type it does not know with 200.',
      );
  }
}

/** How long an answer that was not understood is worth telling. */
const DAY_MS = 24 * 60 * 60 * 1000;

/** Whether the agent has lately given an answer that may not mean what its author thinks. */
export const oddAnswerFindings = (lastAt: number | null, checkedAt: number): DoctorFinding[] =>
  lastAt === null || checkedAt - lastAt > DAY_MS
    ? []
    : [
        note(
          'agent-answer-odd',
          'An answer of the agent was not understood',
          `At ${new Date(lastAt).toISOString()} the agent answered a JSON object with neither replies nor dialog, and the visitor got nothing; or a dialog that is not known, and the dialog stayed open. The log says which (agent-answer-odd).`,
          'Answer {"replies": ["Hello"]}, or {"replies": []} where nothing is to be said; a dialog is open, close or operator.',
        ),
      ];
