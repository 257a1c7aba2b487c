import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireBinary } from './binary.ts';
import { freeUdpPort } from './free-port.ts';
import { inNamespace } from './network-lab.ts';
import { waitFor } from './wait-for.ts';

export interface SnmpdOptions {
  address?: string;
  /** UDP port; a free one by default. */
  port?: number;
  /** The network namespace that it runs in. */
  namespace?: string;
  community?: string;
  /** Lines of snmpd.conf beside the community, such as `createUser` and `rouser`. */
  config?: readonly string[];
  sysName?: string;
}

export interface Snmpd {
  readonly address: string;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts net-snmp's agent, on a free port of the loopback by default; undefined where it is not installed. */
export async function startSnmpd(options: SnmpdOptions = {}): Promise<Snmpd | undefined> {
  const binary = requireBinary('snmpd');
  if (!binary) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'stratora-snmpd-'));
  const address = options.address ?? '127.0.0.1';
  const port = options.port ?? (await freeUdpPort());
  const config = [
    `agentaddress udp:${address}:${port}`,
    `rocommunity ${options.community ?? 'public'}`,
    `sysName ${options.sysName ?? 'snmpd.test'}`,
    'sysLocation rack 4',
    'sysContact ops',
    ...(options.config ?? []),
  ];
  await writeFile(join(folder, 'snmpd.conf'), `${config.join('\n')}\n`);
  let printed = '';
  const ownArgs = ['-f', '-Lo', '-C', '-c', join(folder, 'snmpd.conf'), '-p', join(folder, 'pid')];
  const [command, args] = inNamespace(options.namespace, binary, ownArgs);
  const child: ChildProcess = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, MIBS: '', SNMP_PERSISTENT_DIR: folder },
  });
  child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await gone;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await waitFor(() => printed.includes('NET-SNMP version') || child.exitCode !== null, { what: 'snmpd' });
    if (child.exitCode !== null) throw new Error(`snmpd ended: ${printed}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, port, pid: child.pid ?? 0, stop };
}
