/** What a code of a dead letter means, and what an operator does about it. */
interface Meaning {
  why: string;
  whatToDo: string;
}

const REPAIR_AGENT = 'Repair the agent, or correct the channel’s agent.url; then redrive it.';
const DEPLOY = 'Deploy what repairs it, then redrive it.';
const NEWER = 'Deploy the version that wrote it, or a newer one; or drop it.';

/** The codes of docs/contract.md#turns-that-are-lost and of the runbook’s job-given-up, word for word. */
export const GIVEN_UP: Readonly<Record<string, Meaning>> = {
  'agent-unavailable': {
    why: 'The agent could not be reached, or answered each time that it cannot answer now.',
    whatToDo: REPAIR_AGENT,
  },
  'agent-timeout': {
    why: 'The agent took longer than agent.timeout_ms, twice.',
    whatToDo: 'Make the agent faster, or raise agent.timeout_ms; then redrive it.',
  },
  'agent-rejected': {
    why: 'The agent answered a status that means no.',
    whatToDo: 'Find out from the agent’s log why it refuses; then redrive it.',
  },
  'agent-answer-invalid': {
    why: 'The agent’s answer could not be read.',
    whatToDo: 'Correct what the agent answers; then redrive it.',
  },
  'agent-answer-too-large': {
    why: 'The agent’s answer was over 256 KB.',
    whatToDo: 'Let the agent answer less; then redrive it.',
  },
  'agent-address-refused': {
    why: 'agent.url leads to an address that is not public, or is not https.',
    whatToDo: 'Correct the channel’s agent.url; then redrive it.',
  },
  'channel-held': {
    why: 'The channel was held when the turn of a request came, so the agent was not asked.',
    whatToDo: 'Resume the channel, then redrive it.',
  },
  'turn-abandoned': {
    why: 'The worker died each time before the agent had answered.',
    whatToDo: DEPLOY,
  },
  'unexpected-error': {
    why: 'A fault of this software stood in its way for an hour.',
    whatToDo: DEPLOY,
  },
  unavailable: {
    why: 'Something of AWS was away for half a day.',
    whatToDo: 'Redrive it when AWS is well again.',
  },
  'job-abandoned': {
    why: 'The function died at it again and again.',
    whatToDo: DEPLOY,
  },
  'payload-unreadable': { why: 'The job in the queue could not be read.', whatToDo: NEWER },
  'request-invalid': { why: 'This version does not know such a job.', whatToDo: NEWER },
  'item-unread': {
    why: 'What 360dialog posted could not be read, so nothing was done about it.',
    whatToDo: 'Report what it is if it matters; then drop it.',
  },
};

/** A code that is not in the table is one of an error of ours. */
export const whyGivenUp = (code: string): Meaning =>
  (Object.hasOwn(GIVEN_UP, code) ? GIVEN_UP[code] : undefined) ?? {
    why: `It could not be done (${code}).`,
    whatToDo: 'Look the code up in the runbook; redrive it once its cause is gone, or drop it.',
  };
