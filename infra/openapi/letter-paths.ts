import { operation } from './admin-operation.ts';
import { type Fields, gives, inPath, inQuery } from './schema-parts.ts';

const LETTER_ID = inPath('id', 'The `id` of a letter, as the list has it.');
const QUERY = {
  channel_id:
    'Those of one channel, the oldest first; without it those of all, one channel after the other.',
  code: 'Those that were given up for this reason.',
  next: 'The `next` of an earlier page.',
};

/** How the channels are, and work that was given up: docs/contract.md#dead-letters. */
export const LETTER_PATHS: Fields = {
  '/admin/status': {
    get: operation(
      {
        operationId: 'showStatus',
        summary: 'Shows how the channels are, a line each',
        parameters: [inQuery('next', 'The `next` of an earlier page.')],
        responses: { '200': gives('A page; `next` is null at the end.', 'StatusAnswer') },
      },
      'request-invalid',
    ),
  },
  '/admin/dead-letters': {
    get: operation(
      {
        operationId: 'listDeadLetters',
        summary: 'Lists what was given up, without people’s words',
        parameters: Object.entries(QUERY).map(([name, description]) => inQuery(name, description)),
        responses: {
          '200': gives(
            'A page, perhaps an empty one; `next` is null at the end.',
            'DeadLetterList',
          ),
        },
      },
      'channel-unknown',
      'request-invalid',
    ),
  },
  '/admin/dead-letters/{id}': {
    parameters: [LETTER_ID],
    get: operation(
      {
        operationId: 'showDeadLetter',
        summary: 'Shows one dead letter, with the words in it',
        responses: { '200': gives('The letter.', 'DeadLetter') },
      },
      'channel-unknown',
      'dead-letter-unknown',
    ),
    delete: operation(
      {
        operationId: 'dropDeadLetter',
        summary: 'Removes a dead letter',
        description: 'Its job is not done again.',
        responses: { '204': { description: 'Removed.' } },
      },
      'channel-unknown',
      'dead-letter-unknown',
    ),
  },
  '/admin/dead-letters/{id}/redrive': {
    parameters: [LETTER_ID],
    post: operation(
      {
        operationId: 'redriveDeadLetter',
        summary: 'Has the job of a dead letter done again',
        description:
          'It comes behind what waits for its chat, and is judged then: by the window, a pause, its own `valid_for`, and by what was sent already. The letter is removed; it comes back if the job fails again.',
        responses: { '202': gives('Queued. The letter as it was.', 'DeadLetterSummary') },
      },
      'channel-unknown',
      'chat-unknown',
      'dead-letter-unknown',
      'channel-inactive',
      'channel-held',
      'not-redrivable',
    ),
  },
};
