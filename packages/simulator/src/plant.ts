import { createSocket, type Socket } from 'node:dgram';
import { PasswordKeyCache } from '@stratora/snmp';
import type { DeviceSpec } from './device-spec.ts';
import { SnmpAgent } from './snmp-agent.ts';

export interface PlantOptions {
  readonly devices: readonly DeviceSpec[];
  /** Port of all devices without one of their own; by default, or with 0, a free one, the same for all. */
  readonly port?: number | undefined;
  /** The clock, in milliseconds of Unix time; the system's by default. Counters are functions of it. */
  readonly nowMs?: (() => number) | undefined;
}

export interface PlantDevice {
  readonly address: string;
  readonly port: number;
  readonly agent: SnmpAgent;
  /** Number of datagrams that came in; `answers` is that of the datagrams that went out. */
  requests: number;
  answers: number;
}

export interface Plant {
  /** Port of the devices without one of their own. */
  readonly port: number;
  readonly devices: readonly PlantDevice[];
  /** Closes all sockets. Idempotent. */
  stop(): Promise<void>;
}

/** Number of sockets that are opened at once: enough to be fast, few enough to keep the event loop free. */
const OPEN_AT_ONCE = 256;
const RECEIVE_BUFFER_BYTES = 1024 * 1024;

/**
 * Starts simulated devices, each on a socket of its own, since an answer must come from the address that was asked.
 * Rejects when an address or port cannot be had; nothing is left open then.
 */
export async function startPlant(options: PlantOptions): Promise<Plant> {
  const nowMs = options.nowMs ?? Date.now;
  const agentContext = {
    nowSeconds: () => Math.floor(nowMs() / 1_000),
    passwordKeys: new PasswordKeyCache(),
  };
  const sockets: Socket[] = [];
  const devices: PlantDevice[] = [];
  let port = options.port ?? 0;
  const open = async (spec: DeviceSpec): Promise<void> => {
    const agent = new SnmpAgent(spec, agentContext);
    const socket = await bindSocket(spec.address, spec.port ?? port);
    sockets.push(socket);
    if (spec.port === undefined) port = socket.address().port;
    const device: PlantDevice = {
      address: spec.address,
      port: socket.address().port,
      agent,
      requests: 0,
      answers: 0,
    };
    devices.push(device);
    serve(socket, device);
  };
  try {
    const [first, ...others] = options.devices;
    if (first !== undefined) await open(first);
    for (let at = 0; at < others.length; at += OPEN_AT_ONCE) {
      await Promise.all(others.slice(at, at + OPEN_AT_ONCE).map(open));
    }
  } catch (error) {
    await closeAll(sockets);
    throw error;
  }
  return { port, devices, stop: () => closeAll(sockets.splice(0)) };
}

function serve(socket: Socket, device: PlantDevice): void {
  const { behaviour } = device.agent.spec;
  const delayMs = behaviour?.kind === 'slow' ? behaviour.delayMs : 0;
  // Answers with a forged source leave by another socket, which has another port.
  const spoofingSocket = behaviour?.kind === 'spoofed' ? createSocket('udp4') : undefined;
  if (spoofingSocket !== undefined) socket.once('close', () => spoofingSocket.close());
  let isOpen = true;
  socket.once('close', () => {
    isOpen = false;
  });
  socket.on('error', () => {
    // A manager that has ended is no fault of the device.
  });
  socket.on('message', (datagram, from) => {
    device.requests++;
    const answer = device.agent.answer(datagram);
    if (answer === undefined) return;
    device.answers++;
    const send = (): void => {
      if (!isOpen) return;
      for (let count = behaviour?.kind === 'twice' ? 2 : 1; count > 0; count--) {
        (spoofingSocket ?? socket).send(answer, 0, answer.length, from.port, from.address);
      }
    };
    if (delayMs > 0) setTimeout(send, delayMs);
    else send();
  });
}

function bindSocket(address: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket({ type: address.includes(':') ? 'udp6' : 'udp4', lookup: skipLookup });
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind({ port, address, exclusive: true }, () => {
      socket.removeAllListeners('error');
      try {
        socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
      } catch {
        // The kernel's default size is good enough.
      }
      resolve(socket);
    });
  });
}

function closeAll(sockets: readonly Socket[]): Promise<void> {
  const closed = sockets.map(
    (socket) =>
      new Promise<void>((resolve) => {
        socket.close(() => resolve());
      }),
  );
  return Promise.all(closed).then(() => undefined);
}

function skipLookup(host: string, ...rest: readonly unknown[]): void {
  const callback = rest.at(-1) as (error: null, address: string, family: number) => void;
  callback(null, host, host.includes(':') ? 6 : 4);
}
