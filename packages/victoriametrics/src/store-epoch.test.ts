import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@stratora/runtime';
import { waitFor } from '@stratora/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseStoreUrl } from './store-endpoint.ts';
import { StoreEpoch } from './store-epoch.ts';

interface Told {
  startedAt: number;
  reads: number;
  uptime: number;
}

let told: Told;
let server: Server;
let epochs: StoreEpoch;

beforeEach(async () => {
  server = createServer((_, response) => {
    // Every call is a read: a connection that closes proves nothing for the next.
    response.setHeader('connection', 'close');
    response.end(
      `vm_app_start_timestamp ${told.startedAt}\nvm_app_uptime_seconds ${told.uptime}\nvm_http_requests_total{path="/metrics"} ${told.reads}\n`,
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  epochs = new StoreEpoch(parseStoreUrl(`http://127.0.0.1:${port}`), {
    clock: systemClock,
    timeoutMs: 5000,
    maxAgeMs: Number.POSITIVE_INFINITY,
  });
});

afterEach(() => {
  epochs.close();
  server.close();
});

/** Lets the store tell this, and returns the epoch once it has been read over a new connection. */
function read(now: Told): Promise<string> {
  told = now;
  return waitFor(
    () => {
      const epoch = epochs.current();
      return typeof epoch === 'string' ? '' : epoch;
    },
    { what: 'the end of the connection before' },
  );
}

test('the epoch stays when the store is read again within the second for which its answer stands', async () => {
  const first = { startedAt: 7, reads: 1, uptime: 2 };
  expect(await read(first)).toBe('7');
  expect(await read(first)).toBe('7');
  expect(await read({ startedAt: 7, reads: 3, uptime: 3 })).toBe('7');
  expect(await read({ startedAt: 7, reads: 3, uptime: 3 })).toBe('7');
});

test('the epoch is another one after a start in another second', async () => {
  expect(await read({ startedAt: 7, reads: 4, uptime: 5 })).toBe('7');
  expect(await read({ startedAt: 13, reads: 9, uptime: 2 })).toBe('13');
});

test.each([1, 4])('the epoch is another one when reads begin anew within one second: %i', async (reads) => {
  expect(await read({ startedAt: 7, reads: 4, uptime: 0 })).toBe('7');
  const second = await read({ startedAt: 7, reads, uptime: 1 });
  expect(second).not.toBe('7');
  expect(await read({ startedAt: 7, reads: reads + 1, uptime: 2 })).toBe(second);
});
