import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inNamespace } from './network-lab.ts';
import { waitFor } from './wait-for.ts';

/** The packets exchanged with one peer by one protocol and port. */
export interface Conversation {
  /**
   * `tcp`, `udp`, `icmp`, `ip-N`, `udp-fragment` for a later part of a datagram, or, below IP, `arp`, `ethertype-HEX`.
   */
  protocol: string;
  /** The other end's address; empty below IP. */
  peer: string;
  /** The other end's port; 0 where there is none. */
  port: number;
  packets: number;
}

export interface Capture {
  conversations: Conversation[];
  packets: number;
  /** Number of packets that the kernel dropped before they were captured. */
  lost: number;
}

const ETHERNET_BYTES = 14;
const PCAP_HEADER_BYTES = 24;
const PCAP_RECORD_BYTES = 16;

/** A capture by tcpdump on one interface, from the start until `stop`. */
export class PacketCapture {
  readonly #child: ChildProcess;
  readonly #folder: string;
  #printed = '';

  private constructor(namespace: string, device: string, folder: string) {
    this.#folder = folder;
    const file = join(folder, 'packets.pcap');
    // Only headers are read, and root may write where tcpdump's own user may not.
    const options = '-n -U -Z root -s 64 -B 16384'.split(' ');
    const [command, args] = inNamespace(namespace, 'tcpdump', ['-i', device, ...options, '-w', file]);
    this.#child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.#printed += chunk.toString()));
  }

  static async start(namespace: string, device: string): Promise<PacketCapture> {
    const capture = new PacketCapture(namespace, device, await mkdtemp(join(tmpdir(), 'stratora-pcap-')));
    await waitFor(() => capture.#printed.includes('listening on'), {
      timeoutMs: 10_000,
      what: 'tcpdump',
    }).catch(async (error: unknown) => {
      await capture.dispose();
      throw new Error(`tcpdump: ${capture.#printed}`, { cause: error });
    });
    return capture;
  }

  /**
   * Ends the capture and reads it.
   * @param ownAddresses addresses of the watched host: the peer of a packet is the other address
   */
  async stop(ownAddresses: readonly string[]): Promise<Capture> {
    await this.#end('SIGINT');
    const bytes = await readFile(join(this.#folder, 'packets.pcap'));
    const lost = Number(/(\d+) packets? dropped by kernel/.exec(this.#printed)?.[1] ?? 0);
    return { ...readConversations(bytes, new Set(ownAddresses)), lost };
  }

  async dispose(): Promise<void> {
    await this.#end('SIGKILL');
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
    });
    child.kill(signal);
    await gone;
  }
}

/** Reads a pcap file of Ethernet (the format is libpcap's, in the byte order of this machine). */
function readConversations(
  file: Buffer,
  own: ReadonlySet<string>,
): { conversations: Conversation[]; packets: number } {
  const conversations = new Map<string, Conversation>();
  let packets = 0;
  for (let at = PCAP_HEADER_BYTES; at + PCAP_RECORD_BYTES <= file.length; ) {
    const size = file.readUInt32LE(at + 8);
    const conversation = readPacket(
      file.subarray(at + PCAP_RECORD_BYTES, at + PCAP_RECORD_BYTES + size),
      own,
    );
    const key = `${conversation.protocol} ${conversation.peer}:${conversation.port}`;
    const known = conversations.get(key);
    if (known) known.packets += 1;
    else conversations.set(key, { ...conversation, packets: 1 });
    packets += 1;
    at += PCAP_RECORD_BYTES + size;
  }
  return { conversations: [...conversations.values()], packets };
}

function readPacket(frame: Buffer, own: ReadonlySet<string>): Omit<Conversation, 'packets'> {
  const type = frame.readUInt16BE(12);
  if (type === 0x0806) return { protocol: 'arp', peer: '', port: 0 };
  if (type !== 0x0800) return { protocol: `ethertype-${type.toString(16)}`, peer: '', port: 0 };
  const packet = frame.subarray(ETHERNET_BYTES);
  const from = [...packet.subarray(12, 16)].join('.');
  const to = [...packet.subarray(16, 20)].join('.');
  const isOutgoing = own.has(from);
  const peer = isOutgoing ? to : from;
  const number = packet[9] ?? 0;
  if (number === 1) return { protocol: 'icmp', peer, port: 0 };
  if (number !== 6 && number !== 17) return { protocol: `ip-${number}`, peer, port: 0 };
  const protocol = number === 6 ? 'tcp' : 'udp';
  // Only the first fragment of a datagram has its ports.
  if ((packet.readUInt16BE(6) & 0x1fff) !== 0) return { protocol: `${protocol}-fragment`, peer, port: 0 };
  const ports = packet.subarray(4 * ((packet[0] ?? 0) & 0x0f));
  return { protocol, peer, port: ports.readUInt16BE(isOutgoing ? 2 : 0) };
}
