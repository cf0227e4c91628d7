import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The files that take longest, in the order in which they begin: those that mostly wait, for what
 * comes back later or for another program, stand between those that keep a core busy.
 */
const LONGEST = [
  'journeys/many-chats',
  'journeys/blocked-channel', // waits
  'journeys/coexistence', // waits
  'journeys/requests',
  'journeys/bad-input', // waits
  'journeys/notifications',
  'journeys/parking', // waits
  'journeys/pair-limit',
  'journeys/failures', // waits
  'journeys/templates-and-others',
  'journeys/closed-window', // waits
  'journeys/big-bodies',
  'journeys/attachments', // waits
  'journeys/crashes',
  'journeys/outbound-errors',
  'journeys/incoming-request',
  'journeys/erase-chat',
  'journeys/python-agent', // waits

  'functions/send/reply/park-deaths',
  'infra/local/lambda/queue-trigger', // waits
  'fuzz/read-webhook',
  'infra/local/start', // waits
  'functions/requests/chat/erase-deaths',
  'infra/local/lambda/pool', // waits
  'functions/requests/chat/erase-chat',
  'functions/channels/switch-channel', // waits
  'functions/requests/accept/accept-messages',
  'infra/local/runtime', // waits
  'functions/send/part/pace',
  'functions/channels/check-channel', // waits
];

/**
 * Begins with the files above, within a project. Left to themselves the cores are all wanted at one
 * time and idle at another, for a sixth of the whole run.
 */
export class MixedOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const projects = new Set(sorted.map(({ project }) => project));
    return [...projects].flatMap((project) =>
      listedFirst(sorted.filter((file) => file.project === project)),
    );
  }
}

function listedFirst(files: TestSpecification[]): TestSpecification[] {
  const listed = LONGEST.flatMap((name) =>
    files.filter(({ moduleId }) => moduleId.endsWith(`/test/${name}.test.ts`)),
  );
  return [...listed, ...files.filter((file) => !listed.includes(file))];
}
