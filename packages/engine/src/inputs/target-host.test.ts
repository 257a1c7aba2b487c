import { expect, test } from 'vitest';
import { isTargetHost } from './target-host.ts';

test.each([
  '127.0.0.1',
  '::1',
  '2001:db8::1',
  'fe80::1%eth0',
  'localhost',
  'sw-01.example.org',
  'host_with_underscore',
  'example.org.',
])('%s may be probed', (host) => {
  expect(isTargetHost(host)).toBe(true);
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
])('%j may not', (host) => {
  expect(isTargetHost(host)).toBe(false);
});
