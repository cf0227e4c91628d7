import { ADMIN, NOT_HERE, type Vector } from './vector.ts';

// biome-ignore format: a table reads by line
export const THIS_MACHINE: Vector[] = [
  { what: 'a page of another site', path: ADMIN, headers: { origin: 'https://evil.example' }, ...NOT_HERE },
  { what: 'a page without an origin', path: ADMIN, headers: { origin: 'null' }, ...NOT_HERE },
  { what: 'a page whose site begins like this machine', path: ADMIN, headers: { origin: 'http://localhost.evil.example' }, ...NOT_HERE },
  { what: 'a name that points to this machine', path: ADMIN, headers: { host: 'evil.example' }, ...NOT_HERE },
  { what: 'a name that ends like this machine', path: ADMIN, headers: { host: 'evil-localhost' }, ...NOT_HERE },
  { what: 'a name with a user before it', path: ADMIN, headers: { host: 'localhost@evil.example' }, ...NOT_HERE },
  { what: 'a form of another site', method: 'POST', path: ADMIN, headers: { 'content-type': 'text/plain' }, body: '{}', status: 415, code: 'payload-unreadable' },
  { what: 'the double of the provider, from another site', path: '/sandbox/360dialog/messages', headers: { origin: 'https://evil.example' }, ...NOT_HERE },
  { what: 'the demo agent, by another name', method: 'POST', path: '/sandbox/agent', headers: { host: 'evil.example' }, body: '{}', ...NOT_HERE },
  { what: 'the secret of the demo channel’s agent, by another name', path: '/sandbox/agent-secret', headers: { host: 'evil.example' }, ...NOT_HERE },
];
