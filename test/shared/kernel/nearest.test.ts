import { expect, test } from 'vitest';
import { nearest } from '../../../shared/kernel/nearest.ts';

const words = ['message', 'message_update', 'delivery:read', 'base_url', 'timeout_ms', 'title'];

// biome-ignore format: a table reads by column
const near = [
  { written: 'mesage',        is: 'message' },
  { written: 'emssage',       is: 'message' },
  { written: 'messages',      is: 'message' },
  { written: 'messageUpdate', is: 'message_update' },
  { written: 'delivery.read', is: 'delivery:read' },
  { written: 'DELIVERY_READ', is: 'delivery:read' },
  { written: 'timeout',       is: 'timeout_ms' },
  { written: 'baseUrl',       is: 'base_url' },
  { written: 'everything',    is: null },
  { written: 'x',             is: null },
  { written: '',              is: null },
];

test.each(near)('$written is near $is', ({ written, is }) => {
  expect(nearest(written, words)).toBe(is);
});
