import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type BusMessage, encodeCall, FIELD, MESSAGE, MessageStream } from './bus-message.ts';
import { type BusValue, BusWriter, numberOf, textOf } from './bus-value.ts';

const DAEMON = '/usr/bin/dbus-daemon';
/** False where Debian's package `dbus-daemon` is missing: tests that need a bus are skipped there. */
export const HAS_DBUS_DAEMON = existsSync(DAEMON);

/** A real dbus-daemon with a socket of its own in a temporary folder. */
export class BusDaemon {
  readonly folder: string;
  readonly #child: ChildProcess;

  private constructor(folder: string, child: ChildProcess) {
    this.folder = folder;
    this.#child = child;
  }

  get socketPath(): string {
    return join(this.folder, 'bus');
  }

  get address(): string {
    return `unix:path=${this.socketPath}`;
  }

  /** @param at the folder of one that was halted, whose place it takes */
  static async start(at?: string): Promise<BusDaemon> {
    const folder = at ?? (await mkdtemp(join(tmpdir(), 'stratora-bus-')));
    const file = join(folder, 'bus.conf');
    const allow = ['send_destination="*"', 'eavesdrop="true"', 'own="*"'].map((what) => `<allow ${what}/>`);
    await writeFile(
      file,
      `<busconfig><type>system</type><listen>unix:path=${join(folder, 'bus')}</listen><auth>EXTERNAL</auth>` +
        `<policy context="default"><allow user="*"/>${allow.join('')}</policy></busconfig>`,
    );
    const child = spawn(DAEMON, [`--config-file=${file}`, '--nofork', '--print-address'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(createInterface({ input: child.stdout }), 'line');
    return new BusDaemon(folder, child);
  }

  /** Ends it and leaves its folder. */
  async halt(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }

  async stop(): Promise<void> {
    await this.halt();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A unit of the fake systemd. */
export interface FakeUnit {
  readonly name: string;
  readonly load: string;
  readonly active: string;
  readonly sub: string;
  /** Properties by interface (`Service`, `Unit`), each with its D-Bus type: `['t', 5n]`. */
  readonly properties?: Readonly<Record<string, Readonly<Record<string, readonly [string, BusValue]>>>>;
}

export interface FakeSystemdState {
  readonly units: readonly FakeUnit[];
  /** Units that only ListUnitsByNames knows. */
  readonly unloaded?: readonly FakeUnit[];
  readonly files?: readonly (readonly [path: string, state: string])[];
}

/** Answers on a bus as systemd does to those who look: `org.freedesktop.systemd1`. Owns the name until it is stopped. */
export class FakeSystemd {
  state: FakeSystemdState;
  /** Calls that were answered, by member. */
  readonly calls: string[] = [];
  /** True keeps every caller waiting. */
  isSilent = false;
  readonly #socket: Socket;
  #serial = 1;

  private constructor(socket: Socket, state: FakeSystemdState) {
    this.#socket = socket;
    this.state = state;
  }

  static async start(socketPath: string, state: FakeSystemdState): Promise<FakeSystemd> {
    const socket = connect({ path: socketPath });
    await once(socket, 'connect');
    const uid = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
    socket.write(`\0AUTH EXTERNAL ${uid}\r\n`);
    await once(socket, 'data');
    socket.write('BEGIN\r\n');
    const fake = new FakeSystemd(socket, state);
    const stream = new MessageStream();
    const named = Promise.withResolvers<void>();
    socket.on('data', (chunk: Buffer) => {
      for (const message of stream.take(chunk)) {
        if (message.fields.get(FIELD.replySerial) === 2) named.resolve();
        if (message.type === MESSAGE.call) fake.#answer(message);
      }
    });
    socket.on('error', () => undefined);
    fake.#askBus('Hello', []);
    // RequestName takes a number; its body is written by hand.
    fake.#requestName();
    await named.promise;
    return fake;
  }

  async stop(): Promise<void> {
    if (this.#socket.closed) return;
    const closed = once(this.#socket, 'close');
    this.#socket.destroy();
    await closed;
  }

  #askBus(member: string, values: readonly string[]): void {
    const bus = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus' };
    this.#socket.write(
      encodeCall({ ...bus, interface: 'org.freedesktop.DBus', member, arguments: values }, this.#serial),
    );
    this.#serial += 1;
  }

  #requestName(): void {
    const fields: [number, string, BusValue][] = [
      [FIELD.path, 'o', '/org/freedesktop/DBus'],
      [FIELD.interface, 's', 'org.freedesktop.DBus'],
      [FIELD.member, 's', 'RequestName'],
      [FIELD.destination, 's', 'org.freedesktop.DBus'],
    ];
    this.#send(MESSAGE.call, fields, ['su', ['org.freedesktop.systemd1', 0]]);
  }

  #answer(message: BusMessage): void {
    const member = textOf(message.fields.get(FIELD.member));
    this.calls.push(member);
    if (this.isSilent) return;
    const to: [number, string, BusValue][] = [
      [FIELD.replySerial, 'u', message.serial],
      [FIELD.destination, 's', message.fields.get(FIELD.sender) ?? ''],
    ];
    const body = this.#bodyOf(member, message);
    if (body !== undefined) {
      this.#send(MESSAGE.answer, to, body);
      return;
    }
    const name: [number, string, BusValue] = [
      FIELD.errorName,
      's',
      'org.freedesktop.DBus.Error.UnknownInterface',
    ];
    this.#send(MESSAGE.error, [...to, name], ['s', ['Unknown interface or object']]);
  }

  #bodyOf(member: string, message: BusMessage): [string, readonly BusValue[]] | undefined {
    const { units, unloaded = [], files = [] } = this.state;
    const path = textOf(message.fields.get(FIELD.path));
    if (member === 'ListUnits') return ['a(ssssssouso)', [units.map(unitRow)]];
    if (member === 'ListUnitFilesByPatterns') return ['a(ss)', [files]];
    if (member === 'ListUnitsByNames') {
      const names = message.body[0] as readonly string[];
      return [
        'a(ssssssouso)',
        [[...units, ...unloaded].filter(({ name }) => names.includes(name)).map(unitRow)],
      ];
    }
    const unit = [...units, ...unloaded].find(({ name }) => objectPath(name) === path);
    const kind = textOf(message.body[0]).replace('org.freedesktop.systemd1.', '');
    const properties = unit?.properties?.[kind];
    if (member !== 'GetAll' || properties === undefined) return undefined;
    return ['a{sv}', [new Map<string, BusValue>(Object.entries(properties))]];
  }

  #send(
    type: number,
    fields: readonly (readonly [number, string, BusValue])[],
    [signature, values]: readonly [string, readonly BusValue[]],
  ): void {
    const body = new AnyWriter();
    body.all(signature, values);
    const head = new AnyWriter();
    for (const [code, kind, value] of [...fields, [FIELD.signature, 'g', signature] as const]) {
      head.align(8);
      head.byte(code);
      head.signature(kind);
      head.value(kind, value);
    }
    const message = new BusWriter();
    for (const byte of [0x6c, type, 0, 1]) message.byte(byte);
    message.uint32(body.length);
    message.uint32(this.#serial);
    this.#serial += 1;
    message.uint32(head.length);
    message.raw(head.bytes());
    message.align(8);
    message.raw(body.bytes());
    this.#socket.write(message.bytes());
  }
}

/** Writes the types that systemd's answers have. A value of a dictionary is `[type, value]`. */
class AnyWriter extends BusWriter {
  all(signature: string, values: readonly BusValue[]): void {
    let rest = signature;
    for (const value of values) {
      const [type = ''] = /^(?:a?\([^()]*\)|a\{[^{}]*\}|a?[a-z])/.exec(rest) ?? [];
      rest = rest.slice(type.length);
      this.value(type, value);
    }
  }

  value(type: string, value: BusValue): void {
    if (type === 's' || type === 'o') this.string(textOf(value));
    else if (type === 'g') this.signature(textOf(value));
    else if (type === 'u') this.uint32(numberOf(value));
    else if (type === 'i') this.uint32(numberOf(value) >>> 0);
    else if (type === 't') this.#long(BigInt(value as number));
    else if (type.startsWith('a')) this.#list(type, value);
    else throw new Error(`no writer for ${type}`);
  }

  #long(value: bigint): void {
    this.align(8);
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(value);
    this.raw(bytes);
  }

  #list(type: string, value: BusValue): void {
    this.align(4);
    const length = Buffer.alloc(4);
    this.raw(length);
    this.align(8);
    const start = this.length;
    if (value instanceof Map) {
      for (const [key, [kind, item]] of value as Map<string, [string, BusValue]>) {
        this.align(8);
        this.string(key);
        this.signature(kind);
        this.value(kind, item);
      }
    } else {
      for (const row of value as readonly (readonly BusValue[])[]) {
        this.align(8);
        this.all(type.slice(2, -1), row);
      }
    }
    length.writeUInt32LE(this.length - start);
  }
}

function unitRow({ name, load, active, sub }: FakeUnit): readonly BusValue[] {
  return [name, `the unit ${name}`, load, active, sub, '', objectPath(name), 0, '', '/'];
}

function objectPath(name: string): string {
  const escaped = name.replace(/[^A-Za-z0-9]|^\d/g, (character) =>
    [...Buffer.from(character)].map((byte) => `_${byte.toString(16).padStart(2, '0')}`).join(''),
  );
  return `/org/freedesktop/systemd1/unit/${escaped}`;
}
