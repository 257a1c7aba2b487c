import { expect, test } from 'vitest';
import { hasRoute } from './route-check.ts';

test('the loopback has a route, a link-local address without its link has not', async () => {
  expect(await hasRoute('127.0.0.1')).toBe(true);
  expect(await hasRoute('fe80::1')).toBe(false);
});
