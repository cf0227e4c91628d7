import type { DoctorFinding } from '../../contract/channel-answer.ts';
import { slotsOfOneChannel } from '../channel/call-passage.ts';
import { note } from './doctor-finding.ts';

/** What the stack was deployed with. */
export interface Concurrency {
  all: number;
  /** So many of them ask agents at once. */
  workers: number;
}

/** From here on a dozen turns and more run at once, with room for the endpoints. */
const COMFORTABLE_LAMBDA_LIMIT = 50;

/** What the account lets run at once, and the stack uses of it. `limit`: null where it cannot be read. */
export function limitFindings(limit: number | null, stack: Concurrency | null): DoctorFinding[] {
  if (limit === null) return [];
  if (stack && limit < stack.all) {
    return [
      note(
        'lambda-limit-exceeded',
        'The AWS account may run fewer functions than the stack wants',
        `At most ${limit} run at once in this account, and the stack was deployed for ${stack.all}: under load the webhook finds none free, and 360dialog has to repeat what it sends.`,
        `Set concurrency to ${Math.max(limit, 10)} in cdk.context.json and deploy, or ask AWS for more “Concurrent executions” of Lambda under Service Quotas; it is free.`,
      ),
    ];
  }
  if (limit < COMFORTABLE_LAMBDA_LIMIT) {
    return [
      note(
        'lambda-limit-low',
        'The AWS account may run few functions',
        `At most ${limit} run at once in this account: under load messages wait for one another.${slowAgents(stack)}`,
        'Ask AWS for more “Concurrent executions” of Lambda under Service Quotas; it is free. Then set concurrency to that number in cdk.context.json and deploy.',
      ),
    ];
  }
  if (!stack || stack.all >= COMFORTABLE_LAMBDA_LIMIT) return [];
  return [
    note(
      'concurrency-low',
      'The stack uses few of the functions it may run',
      `The account may run ${limit} at once, and the stack was deployed for ${stack.all}.${slowAgents(stack)}`,
      `Set concurrency to ${COMFORTABLE_LAMBDA_LIMIT} or more in cdk.context.json and deploy.`,
    ),
  ];
}

/** From 125 on the webhook has functions of its own (infra/concurrency.ts), and these notes are not made. */
const SHARED_REST =
  ' The webhook shares what the queues leave with the other endpoints, media and the sweep.';

/** What a slow agent means: one channel may hold all workers but one. */
function slowAgents(stack: Concurrency | null): string {
  if (!stack) return '';
  const slots = slotsOfOneChannel(stack.workers);
  return ` Of them ${stack.workers} ask agents; a channel whose agent is slow may hold ${slots}: with an agent that takes 20 seconds it gets ${slots * 3} answers a minute.${SHARED_REST}`;
}
