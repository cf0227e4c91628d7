import { promises as dns } from 'node:dns';
import { hostname } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isLoopbackAddress, isPublicAddress } from '../../../shared/kernel/addresses.ts';
import { exchange, guardedLookup, type Reach, refuse } from '../../../shared/kernel/http.ts';
import { type LoopbackServer, LoopbackServers } from '../../support/loopback-servers.ts';

const servers = new LoopbackServers();
let server: LoopbackServer;
beforeAll(async () => {
  server = await servers.tcp((socket) => socket.once('data', () => socket.end()));
});
afterAll(() => servers.closeAll());

const go = (url: string, reach: Reach) =>
  exchange({ method: 'GET', url, timeoutMs: 2_000, maxBytes: 100, reach });

const notPublic = 'the address is not public';
const notHttps = 'the address is not https';

// biome-ignore format: a table reads by column
const spellings = [
  { how: 'as it is',                        host: '127.0.0.1' },
  { how: 'as another of its addresses',     host: '127.8.9.1' },
  { how: 'by its name',                     host: 'localhost' },
  { how: 'by its name in capitals',         host: 'LocalHost' },
  { how: 'shortened',                       host: '127.1' },
  { how: 'as one number',                   host: '2130706433' },
  { how: 'as one number in hexadecimal',    host: '0x7f000001' },
  { how: 'in octal',                        host: '0177.0.0.1' },
  { how: 'in three ways at once',           host: '0x7f.0.01' },
  { how: 'with a dot at its end',           host: '127.0.0.1.' },
  { how: 'in full-width digits',            host: '１２７.０.０.１' },
  { how: 'in circled digits',               host: '①②⑦.⓪.⓪.①' },
  { how: 'percent-encoded',                 host: '%31%32%37.0.0.1' },
  { how: 'in IPv6',                         host: '[::1]' },
  { how: 'in IPv6, written out',            host: '[0:0:0:0:0:0:0:1]' },
  { how: 'as IPv4 in IPv6',                 host: '[::ffff:127.0.0.1]' },
  { how: 'as IPv4 in IPv6, in hexadecimal', host: '[::ffff:7f00:1]' },
  { how: 'as old IPv4 in IPv6',             host: '[::127.0.0.1]' },
  { how: 'through NAT64',                   host: '[64:ff9b::127.0.0.1]' },
  { how: 'through 6to4',                    host: '[2002:7f00:1::]' },
  { how: 'as any address',                  host: '0.0.0.0' },
  { how: 'as zero',                         host: '0' },
  { how: 'as any address of IPv6',          host: '[::]' },
  { how: 'behind a name and a password',    host: 'api.example:x@127.0.0.1' },
];

test.each(spellings)('in the cloud this machine is out of reach $how', async ({ host }) => {
  for (const scheme of ['https', 'http']) {
    const url = `${scheme}://${host}:${server.port}/`;
    const reason = scheme === 'https' ? notPublic : notHttps;
    expect(await go(url, 'public')).toEqual({ kind: 'not-sent', reason });
  }
  expect(server.connections).toHaveLength(0);
});

// biome-ignore format: a table reads by column
const neighbours = [
  { what: 'a private network',             hosts: ['10.1.2.3', '172.16.0.1', '192.168.1.1', '[fd12::1]'] },
  { what: 'a link-local address',          hosts: ['169.254.1.1', '[fe80::1]'] },
  { what: 'the metadata of an instance',   hosts: ['169.254.169.254', '0xa9fea9fe', '2852039166', '[::ffff:169.254.169.254]', '[fd00:ec2::254]'] },
  { what: 'the credentials of a task',     hosts: ['169.254.170.2', '[fd00:ec2::23]'] },
  { what: 'a carrier’s own network',       hosts: ['100.64.0.1'] },
];

test.each(
  neighbours.flatMap(({ what, hosts }) => hosts.map((host) => ({ what, host }))),
)('$what is out of reach, also on the local runtime: $host', async ({ host }) => {
  for (const reach of ['public', 'local'] as const) {
    expect(await go(`https://${host}/`, reach)).toEqual({ kind: 'not-sent', reason: notPublic });
    expect(await go(`http://${host}/`, reach)).toEqual({ kind: 'not-sent', reason: notHttps });
  }
});

// biome-ignore format: a table reads by column
const judged: { url: string; public: string | null; local: string | null }[] = [
  { url: 'https://agent.example/turn',     public: null,      local: null },
  { url: 'https://8.8.8.8/',               public: null,      local: null },
  { url: 'https://[2606:4700::1111]/',     public: null,      local: null },
  { url: 'http://agent.example/turn',      public: notHttps,  local: notHttps },
  { url: 'http://8.8.8.8/',                public: notHttps,  local: notHttps },
  { url: 'http://localhost:3000/',         public: notHttps,  local: null },
  { url: 'http://127.0.0.1:3000/',         public: notHttps,  local: null },
  { url: 'http://[::1]:3000/',             public: notHttps,  local: null },
  { url: 'https://localhost:3000/',        public: notPublic, local: null },
  { url: 'http://localhost.example/',      public: notHttps,  local: notHttps },
  { url: 'http://127.0.0.1.example/',      public: notHttps,  local: notHttps },
  { url: 'ftp://agent.example/',           public: notHttps,  local: notHttps },
  { url: 'file:///etc/passwd',             public: notHttps,  local: notHttps },
  { url: 'data:text/plain,x',              public: notHttps,  local: notHttps },
];

test.each(judged)('$url', ({ url, public: inTheCloud, local }) => {
  expect(refuse(new URL(url), 'public')).toBe(inTheCloud);
  expect(refuse(new URL(url), 'local')).toBe(local);
});

test('on the local runtime this machine answers by its name and by its addresses', async () => {
  for (const host of ['localhost', '127.0.0.1', '127.1']) {
    const outcome = await go(`http://${host}:${server.port}/`, 'local');
    expect(outcome).toEqual({ kind: 'no-answer', reason: 'reset' }); // it was reached
  }
});

const found = (reach: Reach, name: string, all: boolean) =>
  new Promise<unknown>((resolve) => {
    guardedLookup(reach)(name, { all }, (error, address) => resolve(error?.message ?? address));
  });

test('a name that leads to this machine is refused when it is looked up', async () => {
  expect(await found('public', 'localhost', true)).toBe(notPublic);
  expect(await found('public', 'localhost', false)).toBe(notPublic);

  const all = (await found('local', 'localhost', true)) as { address: string }[];
  expect(all.every(({ address }) => isLoopbackAddress(address))).toBe(true);
  expect(all[0]?.address).toBe(await found('local', 'localhost', false));
});

/** A name that says nothing, and leads into this machine or its network; some machines have none. */
const innocent = await (async () => {
  for (const name of [hostname(), 'ip6-localhost', 'localhost.localdomain']) {
    const addresses = await dns.lookup(name, { all: true }).catch(() => []);
    const inside = addresses.every(({ address }) => !isPublicAddress(address));
    if (addresses.length > 0 && inside && name !== 'localhost') return name;
  }
  return null;
})();

test.skipIf(innocent === null)(
  'an innocent name is judged by where it leads, as we connect',
  async () => {
    const url = `https://${innocent}:${server.port}/`;
    const before = server.connections.length;
    expect(await go(url, 'public')).toEqual({ kind: 'not-sent', reason: notPublic });
    expect(server.connections).toHaveLength(before);
  },
);
