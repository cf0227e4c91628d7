import { expect, test } from 'vitest';
import { pathParameters } from '../../infra/path-parameters.ts';

// biome-ignore format: a table reads by column
const cases = [
  { pattern: '/messages/{id+}',         path: '/messages/wamid.HBgM%2FA%3D%3D',  is: { id: 'wamid.HBgM/A==' } },
  // As a log prints it: the ids of WhatsApp are base64.
  { pattern: '/messages/{id+}',         path: '/messages/wamid.HBgM/x/A==',      is: { id: 'wamid.HBgM/x/A==' } },
  { pattern: '/messages/{id+}',         path: '/messages/a//b',                  is: { id: 'a//b' } },
  { pattern: '/messages/{id+}',         path: '/messages/',                      is: null },
  { pattern: '/messages/{id+}',         path: '/messages',                       is: null },
  { pattern: '/messages/{id+}',         path: '/channels/a',                     is: null },
  { pattern: '/messages/{id}',          path: '/messages/a/b',                   is: null },
  { pattern: '/a/{one}/b/{rest+}',      path: '/a/1/b/2/3',                      is: { one: '1', rest: '2/3' } },
  { pattern: '/a/{one}',                path: '/a',                              is: null },
  { pattern: '/a',                      path: '/a/1',                            is: null },
  { pattern: '/',                       path: '/',                               is: {} },
];

test.each(cases)('$pattern finds in $path its parameters', ({ pattern, path, is }) => {
  expect(pathParameters(pattern, path)).toEqual(is);
});
