import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The files that take longest, in the order in which they begin: between two that keep a core busy
 * there is one that mostly waits, for what comes back later or for another program.
 */
const LONGEST = [
  'journeys/many-chats',
  'journeys/blocked-channel',
  'journeys/coexistence',
  'journeys/requests',
  'journeys/bad-input',
  'journeys/notifications',
  'journeys/parking',
  'journeys/pair-limit',
  'journeys/failures',
  'journeys/templates-and-others',
  'journeys/closed-window',
  'journeys/big-bodies',
  'journeys/attachments',
  'journeys/crashes',
  'journeys/outbound-errors',
  'journeys/incoming-request',
  'journeys/erase-chat',
  'journeys/python-agent',

  'functions/send/park-deaths',
  'infra/local/lambda/queue-trigger',
  'fuzz/read-webhook',
  'infra/local/start',
  'functions/requests/erase-deaths',
  'infra/local/lambda/pool',
  'functions/requests/erase-chat',
  'functions/channels/activate-channel',
  'functions/requests/messages',
  'infra/local/runtime',
  'functions/send/pace',
  'functions/channels/check-channel',
];

/**
 * Begins with the longest files, within a project. In any other order the cores are all wanted at one
 * time and idle at another, for a sixth of the whole run.
 */
export class MixedOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const projects = new Set(sorted.map(({ project }) => project));
    return [...projects].flatMap((project) =>
      longestFirst(sorted.filter((file) => file.project === project)),
    );
  }
}

function longestFirst(files: TestSpecification[]): TestSpecification[] {
  const longest = LONGEST.flatMap((name) =>
    files.filter(({ moduleId }) => moduleId.endsWith(`/test/${name}.test.ts`)),
  );
  return [...longest, ...files.filter((file) => !longest.includes(file))];
}
