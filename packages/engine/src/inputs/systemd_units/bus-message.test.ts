import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { busSocketPath } from './bus-address.ts';
import { BusConnection } from './bus-connection.ts';
import { decodeMessage, encodeCall, FIELD, MessageStream } from './bus-message.ts';
import { BusFormatError, BusReader, BusWriter } from './bus-value.ts';

const CALL = {
  destination: 'org.example',
  path: '/org/example',
  interface: 'org.example.Manager',
  member: 'Find',
  arguments: [['a', 'bcd'], ['é'], 'x'],
};

describe('a message', () => {
  test('has the bytes that the specification says', () => {
    const call = { destination: 'a', path: '/', interface: 'b', member: 'c', arguments: ['d'] };
    expect(encodeCall(call, 7).toString('hex')).toBe(
      // Little-endian call without auto start, version 1, body of 6 bytes, serial 7, fields of 73 bytes.
      '6c010201' +
        '06000000' +
        '07000000' +
        '47000000' +
        '01016f00010000002f00000000000000' +
        '02017300010000006200000000000000' +
        '03017300010000006300000000000000' +
        '06017300010000006100000000000000' +
        '08016700017300' +
        '00' +
        '010000006400',
    );
  });

  test('is read as it was written, in whatever pieces it comes', () => {
    const bytes = Buffer.concat([encodeCall(CALL, 1), encodeCall({ ...CALL, member: 'Other' }, 2)]);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
        const stream = new MessageStream();
        const edges = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        const messages = edges
          .slice(1)
          .flatMap((end, index) => [...stream.take(bytes.subarray(edges[index], end))]);
        expect(messages.map(({ fields }) => fields.get(FIELD.member))).toEqual(['Find', 'Other']);
        expect(messages.map(({ serial }) => serial)).toEqual([1, 2]);
        expect(messages[0]?.body).toEqual([['a', 'bcd'], ['é'], 'x']);
      }),
    );
  });

  test('of a machine with the other byte order is read too', () => {
    const body = Buffer.from('00000002616200000000000500000001', 'hex');
    expect(new BusReader(body, false).readAll('sub')).toEqual(['ab', 5, true]);
    expect(
      new BusReader(Buffer.from('ffffffff00000000fffffffffffffffe', 'hex'), false).readAll('ix'),
    ).toEqual([-1, -2n]);
  });

  test('with dictionaries, variants and structs is read', () => {
    // a{sv}: { a: uint32 7, b: variant of (sy) }
    const writer = new BusWriter();
    writer.raw(Buffer.alloc(8));
    writer.string('a');
    writer.signature('u');
    writer.uint32(7);
    writer.align(8);
    writer.string('b');
    writer.signature('(sy)');
    writer.align(8);
    writer.string('q');
    writer.byte(9);
    const bytes = writer.bytes();
    bytes.writeUInt32LE(bytes.length - 8);
    const [map] = new BusReader(bytes, true).readAll('a{sv}');
    expect(map).toEqual(
      new Map<string, unknown>([
        ['a', 7],
        ['b', ['q', 9]],
      ]),
    );
  });

  test('that is broken gives an error of its own, never another one or a hang', () => {
    const good = encodeCall(CALL, 1);
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, value, length) => {
        const bytes = Buffer.from(good.subarray(0, Math.max(16, length)));
        if (at < bytes.length) bytes[at] = value;
        try {
          decodeMessage(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(BusFormatError);
        }
      }),
      { numRuns: 2000 },
    );
    const nested = Buffer.alloc(4096, 'v');
    expect(() => new BusReader(nested, true).readAll('v')).toThrow(BusFormatError);
    expect(() => [
      ...new MessageStream().take(Buffer.from('6c010001ffffffff0700000010000000', 'hex')),
    ]).toThrow('too large');
  });
});

test.each([
  ['unix:path=/run/dbus/system_bus_socket', '/run/dbus/system_bus_socket'],
  ['tcp:host=10.0.0.1,port=1;unix:abstract=/tmp/x,guid=00', '\0/tmp/x'],
  ['unix:path=/a%20b', '/a b'],
  ['tcp:host=10.0.0.1,port=1', undefined],
  ['', undefined],
])('the address %s is the socket %s', (address, path) => {
  expect(busSocketPath(address)).toBe(path);
});

describe('what listens there', () => {
  async function listening(
    answer: string | Buffer | undefined,
    check: (bus: BusConnection) => Promise<void>,
  ) {
    const folder = await mkdtemp(join(tmpdir(), 'stratora-nobus-'));
    const path = join(folder, 's');
    const server: Server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => (answer === undefined ? socket.destroy() : socket.write(answer)));
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
    const bus = new BusConnection(path, 0);
    try {
      await check(bus);
    } finally {
      await bus.stop();
      server.close();
      await rm(folder, { recursive: true });
    }
  }

  test.each([
    ['refuses', 'REJECTED EXTERNAL\r\n', 'auth'],
    ['closes', undefined, 'refused'],
    ['talks without end', 'x'.repeat(20_000), 'bad_answer'],
    ['is no bus', 'OK 1234\r\nHTTP/1.1 200 OK\r\n\r\n', 'bad_answer'],
  ])('and %s is told', async (_, answer, status) => {
    await listening(answer, async (bus) => {
      await expect(bus.call(CALL, AbortSignal.timeout(3000))).rejects.toMatchObject({ status });
    });
  });
});
