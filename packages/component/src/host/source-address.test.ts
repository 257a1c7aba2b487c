import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { findSourceAddress, sourceFirst } from './source-address.ts';

test('the address that calls leave from is the one of the way to the peer, and nothing is sent', async () => {
  const peer = createSocket('udp4');
  peer.bind(0, '127.0.0.1');
  await once(peer, 'listening');
  const heard: unknown[] = [];
  peer.on('message', (message) => heard.push(message));
  expect(await findSourceAddress('127.0.0.1', peer.address().port)).toBe('127.0.0.1');
  expect(await findSourceAddress('localhost', peer.address().port)).toMatch(/^127\.0\.0\.1$|^::1$/);
  expect(await findSourceAddress('[::1]', 9)).toMatch(/^::1$/);
  peer.close();
  await once(peer, 'close');
  expect(heard).toEqual([]);
});

test('a peer that no call can be made to has no such address', async () => {
  expect(await findSourceAddress('255.255.255.255', 9)).toBeUndefined();
});

test('the own address of the way comes first, and one that is no own address changes nothing', () => {
  const own = ['172.17.0.1', '10.0.0.5', '2001:db8::5'];
  expect(sourceFirst(own, '10.0.0.5')).toEqual(['10.0.0.5', '172.17.0.1', '2001:db8::5']);
  expect(sourceFirst(own, '127.0.0.1')).toEqual(own);
  expect(sourceFirst(own, undefined)).toEqual(own);
});
