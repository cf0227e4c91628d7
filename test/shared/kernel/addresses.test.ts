import { expect, test } from 'vitest';
import {
  isLoopbackAddress,
  isLoopbackHost,
  isPublicAddress,
} from '../../../shared/kernel/addresses.ts';

const publicOnes = [
  '8.8.8.8',
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '169.253.255.255',
  '169.255.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.0.1.0',
  '192.167.255.255',
  '192.169.0.0',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '2606:4700::1111',
  '2a00:1450:4001::1',
  '2001:200::1',
];

// biome-ignore format: a table reads by column
const others = [
  { what: 'this network',                      ips: ['0.0.0.0', '0.255.255.255'] },
  { what: 'private',                           ips: ['10.0.0.0', '10.255.255.255', '172.16.0.0', '172.31.255.255', '192.168.0.0', '192.168.255.255'] },
  { what: 'a carrier’s own',                   ips: ['100.64.0.0', '100.127.255.255'] },
  { what: 'this machine',                      ips: ['127.0.0.1', '127.255.255.255', '::1'] },
  { what: 'link-local, metadata among them',   ips: ['169.254.0.0', '169.254.169.254', '169.254.170.2', '169.254.255.255', 'fe80::1', 'fe80::1%eth0'] },
  { what: 'set apart by IANA',                 ips: ['192.0.0.1', '192.88.99.1', '198.18.0.0', '198.19.255.255'] },
  { what: 'for documents',                     ips: ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1', '3fff:fff:ffff::1'] },
  { what: 'for many at once',                  ips: ['224.0.0.1', '239.255.255.255', 'ff02::1'] },
  { what: 'reserved, or broadcast',            ips: ['240.0.0.0', '255.255.255.255'] },
  { what: 'no address yet',                    ips: ['::', '::2'] },
  { what: 'unique-local, metadata among them', ips: ['fc00::1', 'fd00:ec2::254'] },
  { what: 'an IPv4 address in disguise',       ips: ['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::1', '2002:7f00:1::', '2001::1', '2001:1ff:ffff::'] },
  { what: 'no address at all',                 ips: ['', 'localhost', 'example.com', '127.1', '2130706433', '0x7f.1', '0177.0.0.1', '256.0.0.1', '[::1]', '8.8.8.8:80'] },
];

test.each(publicOnes)('%s is on the public internet', (ip) => {
  expect(isPublicAddress(ip)).toBe(true);
});

test.each(
  others.flatMap(({ what, ips }) => ips.map((ip) => ({ ip, what }))),
)('"$ip" is not: it is $what', ({ ip }) => {
  expect(isPublicAddress(ip)).toBe(false);
});

test.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])('%s is this machine', (ip) => {
  expect(isLoopbackAddress(ip)).toBe(true);
  expect(isPublicAddress(ip)).toBe(false);
});

test.each(['128.0.0.1', '0.0.0.0', '::', '::2', 'localhost', ''])('"%s" is not', (ip) => {
  expect(isLoopbackAddress(ip)).toBe(false);
});

test.each(['localhost', '127.0.0.1', '[::1]', '::1'])('the host %s can only mean us', (host) => {
  expect(isLoopbackHost(host)).toBe(true);
});

const strangers = ['localhost.example', 'localhost.', 'a.localhost', '127.0.0.1.example', ''];
test.each(strangers)('the host "%s" may mean another machine', (host) => {
  expect(isLoopbackHost(host)).toBe(false);
});
