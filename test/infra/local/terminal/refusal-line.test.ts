import { expect, test } from 'vitest';
import { refusalLine } from '../../../../infra/local/terminal/refusal-line.ts';

const problem = (status: number, code: string, detail: string, errors?: object[]) => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify({ title: 'x', status, code, detail, errors }),
});
const see = 'See errors for each field.';
const two = [
  { path: 'replies.0.kind', detail: 'must be one of image, audio' },
  { path: 'options.parkHours', detail: 'is not an option: did you mean park_hours?' },
];

// biome-ignore format: a table reads by column
const cases = [
  { when: 'a reason without fields', answer: problem(401, 'unauthorized', 'Send the key.'),                              read: 'POST /x refused: unauthorized: Send the key.' },
  { when: 'a reason for each field', answer: problem(422, 'request-invalid', see, two),                                  read: 'POST /x refused: request-invalid: See errors for each field. replies.0.kind: must be one of image, audio; options.parkHours: is not an option: did you mean park_hours?' },
  { when: 'a fault of the whole body', answer: problem(422, 'request-invalid', see, [{ path: '', detail: 'must be x' }]), read: 'POST /x refused: request-invalid: See errors for each field. must be x' },
  { when: 'a fault of ours, which the log tells', answer: problem(503, 'unavailable', 'Try again.'),                     read: null },
  { when: 'an answer of API Gateway', answer: { status: 404, headers: { 'content-type': 'application/json' }, body: '{}' }, read: null },
  { when: 'a success',              answer: { status: 200 },                                                             read: null },
  { when: 'no answer',              answer: 'no-answer' as const,                                                        read: null },
];

test.each(cases)('$when', ({ answer, read }) => {
  expect(refusalLine('POST /x', answer)).toBe(read);
});
