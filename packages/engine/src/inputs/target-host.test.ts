import { expect, test } from 'vitest';
import { targetHost } from './target-host.ts';

test.each([
  '127.0.0.1',
  '::1',
  '2001:db8::1',
  'fe80::1%eth0',
  'localhost',
  'sw-01.example.org',
  'host_with_underscore',
  'example.org.',
  'core_sw_01',
  'fe80::1%2',
])('%s may be probed', (host) => {
  expect(targetHost(host)).toBe(host);
});

test.each([
  '',
  '-oProxyCommand=id',
  '-oProxy',
  '; id',
  '$(id)',
  '`id`',
  'a b',
  'a\nb',
  'a|b',
  '../etc',
  'http://example.org',
  '[::1]',
  '1.2.3',
  '999.1.1.1',
  'fe80::1%eth0;id',
  'fe80::1%-o',
  'a..b',
  'x'.repeat(254),
  '0x7f000001',
  ' 10.0.0.1',
])('%j may not', (host) => {
  expect(targetHost(host)).toBeUndefined();
});

test.each([
  ['fe80::1%25eth0', 'fe80::1%eth0'],
  ['FE80:0::1%eth0', 'fe80::1%eth0'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['bücher.example', 'xn--bcher-kva.example'],
])('%s is contacted as %s', (given, host) => {
  expect(targetHost(given)).toBe(host);
});
