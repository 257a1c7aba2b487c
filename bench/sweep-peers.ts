import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findBinary } from '@stratora/testkit';
import { addressText, type SilentLoopback, type SweptRange } from './sweep-network.ts';

/** One run of a peer. */
export interface PeerRun {
  readonly seconds: number;
  /** Devices that it found, and addresses that it took for one and are none. */
  readonly found: number;
  readonly wrong: number;
}

export interface Peer {
  readonly name: string;
  readonly version: string;
  /** What it looks for. */
  readonly finds: 'ping' | 'snmp' | 'both';
  run(range: SweptRange): Promise<PeerRun>;
}

const ADDRESS = /\b127(?:\.\d{1,3}){3}\b/;

export interface PeersOptions {
  readonly network: SilentLoopback;
  readonly folder: string;
}

/** Finds the programs that sweep too; those that are absent are named on the console. */
export async function findPeers(options: PeersOptions): Promise<Peer[]> {
  const peers = await Promise.all([fping(options), onesixtyone(options), braa(options), nmap(options)]);
  return peers.flatMap((peer) => peer ?? []);
}

function binaryOf(name: string): string | undefined {
  const found = findBinary(name);
  if (found === undefined)
    process.stdout.write(`not compared: ${name} is not installed (apt-get install ${name})\n`);
  return found;
}

async function fping({ network, folder }: PeersOptions): Promise<Peer | undefined> {
  const program = binaryOf('fping');
  if (program === undefined) return undefined;
  return {
    name: 'fping',
    version: await firstWords(program, ['--version'], /Version (\S+)/),
    finds: 'ping',
    run: async (range) => {
      const list = await listOf(range, folder);
      // Two pings like ours, as fast as it can.
      const args = ['-a', '-q', '-i', '0', '-r', '1', '-B', '1', '-t', '500', '-f', list];
      return judged(range, await timed(network.command(program, args)), (line) => ADDRESS.exec(line)?.[0]);
    },
  };
}

async function onesixtyone({ network, folder }: PeersOptions): Promise<Peer | undefined> {
  const program = binaryOf('onesixtyone');
  if (program === undefined) return undefined;
  return {
    name: 'onesixtyone',
    version: await firstWords(program, [], /onesixtyone (\S+)/),
    finds: 'snmp',
    run: async (range) => {
      const list = await listOf(range, folder);
      const communities = path.join(folder, 'communities');
      await writeFile(communities, 'public\n');
      const args = ['-c', communities, '-i', list, '-w', '0'];
      return judged(
        range,
        await timed(network.command(program, args)),
        (line) => /^(\S+) \[public\]/.exec(line)?.[1],
      );
    },
  };
}

async function braa({ network }: PeersOptions): Promise<Peer | undefined> {
  const program = binaryOf('braa');
  if (program === undefined) return undefined;
  return {
    name: 'braa',
    version: await firstWords(program, ['-h'], /braa (\S+)/),
    finds: 'snmp',
    run: async (range) => {
      const [from, to] = [addressText(range.base + 1), addressText(range.base + range.hosts)];
      // Two messages like ours.
      const args = ['-2', '-r', '1', '-t', '1', '-d', '0', `public@${from}-${to}:161:.1.3.6.1.2.1.1.2.0`];
      return judged(
        range,
        await timed(network.command(program, args)),
        (line) => /^(\S+?):\d+ms:/.exec(line)?.[1],
      );
    },
  };
}

async function nmap({ network, folder }: PeersOptions): Promise<Peer | undefined> {
  const program = binaryOf('nmap');
  if (program === undefined) return undefined;
  return {
    name: 'nmap',
    version: await firstWords(program, ['--version'], /version (\S+)/),
    finds: 'both',
    run: async (range) => {
      const list = await listOf(range, folder);
      // Pings, and SNMP of whoever answers them; an open port is one that answered.
      const options = [
        '-n',
        '-PE',
        '-sU',
        '-p',
        '161',
        '-T5',
        '--min-rate',
        '20000',
        '--max-retries',
        '1',
        '-oG',
        '-',
      ];
      return judged(
        range,
        await timed(network.command(program, [...options, '-iL', list])),
        (line) => /^Host: (\S+).*161\/open\//.exec(line)?.[1],
      );
    },
  };
}

async function listOf(range: SweptRange, folder: string): Promise<string> {
  const file = path.join(folder, `${range.name}.txt`);
  const addresses = Array.from({ length: range.hosts }, (_, at) => addressText(range.base + 1 + at));
  await writeFile(file, `${addresses.join('\n')}\n`);
  return file;
}

function judged(
  range: SweptRange,
  { seconds, lines }: { readonly seconds: number; readonly lines: readonly string[] },
  addressIn: (line: string) => string | undefined,
): PeerRun {
  const there = new Set(range.devices);
  const said = new Set(lines.flatMap((line) => addressIn(line) ?? []));
  const found = [...said].filter((address) => there.has(address)).length;
  return { seconds, found, wrong: said.size - found };
}

/** Runs a program, and measures it from its start to its end. */
function timed([command, args]: [string, string[]]): Promise<{ seconds: number; lines: string[] }> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.resume();
    child.once('error', reject);
    child.once('close', () => {
      const lines = Buffer.concat(chunks).toString('latin1').split('\n');
      resolve({ seconds: (performance.now() - startedAt) / 1000, lines });
    });
  });
}

async function firstWords(program: string, args: string[], pattern: RegExp): Promise<string> {
  const { lines } = await timed([program, args]);
  return pattern.exec(lines.join('\n'))?.[1] ?? 'unknown';
}
