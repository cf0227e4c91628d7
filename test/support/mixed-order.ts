import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that keep a core busy for long, the longest first. */
const WORKING = [
  'journeys/many-chats',
  'journeys/notifications',
  'journeys/requests',
  'journeys/big-bodies',
  'journeys/pair-limit',
  'infra/local/start',
  'functions/send/park-deaths',
  'fuzz/read-webhook',
  'functions/requests/erase-deaths',
];
/** Files that wait most of their time: for what comes back later, or for another program. */
const WAITING = [
  'journeys/blocked-channel',
  'journeys/coexistence',
  'journeys/failures',
  'journeys/parking',
  'journeys/attachments',
  'journeys/closed-window',
  'journeys/presence',
  'journeys/bad-input',
  'journeys/outbound-errors',
  'journeys/crashes',
  'journeys/incoming-request',
  'journeys/python-agent',
  'journeys/erase-chat',
  'infra/local/lambda/queue-trigger',
  'infra/local/runtime',
  'functions/channels/activate-channel',
  'functions/channels/check-channel',
];
/** So many take about as long, on the other two workers, as one that works. */
const WAITING_BESIDE_ONE = 4;

/**
 * Within a project, files that wait run beside files that work. Without it the cores are all wanted
 * at one time and idle at another, for a sixth of the whole run.
 */
export class MixedOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const projects = new Set(sorted.map(({ project }) => project));
    return [...projects].flatMap((project) =>
      mixed(sorted.filter((file) => file.project === project)),
    );
  }
}

function mixed(files: TestSpecification[]): TestSpecification[] {
  const named = (names: string[]) =>
    names.flatMap((name) =>
      files.filter(({ moduleId }) => moduleId.endsWith(`/test/${name}.test.ts`)),
    );
  const waiting = named(WAITING);
  const order = named(WORKING).flatMap((one) => [one, ...waiting.splice(0, WAITING_BESIDE_ONE)]);
  order.push(...waiting);
  return [...order, ...files.filter((file) => !order.includes(file))];
}
