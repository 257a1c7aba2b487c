import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageView, readMessage } from '@stratora/snmp';
import { inNamespace, waitFor } from '@stratora/testkit';

/** Packets that one host sent, by the address that they went to and what they were. */
export type SentPackets = ReadonlyMap<string, Readonly<Record<string, number>>>;

const ETHERNET_BYTES = 14;
const PCAP_HEADER_BYTES = 24;
const PCAP_RECORD_BYTES = 16;
const ICMP = 1;
const TCP = 6;
const UDP = 17;
const ECHO_REQUEST = 8;
const SNMP_PORT = 161;
const DNS_PORT = 53;
const VERSIONS: Readonly<Record<number, string>> = { 0: 'snmp_v1', 1: 'snmp_v2c', 3: 'snmp_v3' };

/** A capture by tcpdump of what comes to a link, which tells what a host has sent. */
export class SentCapture {
  readonly #child: ChildProcess;
  readonly #folder: string;
  #printed = '';

  private constructor(namespace: string, link: string, folder: string) {
    this.#folder = folder;
    // Without the immediate mode the last packets may still be in the kernel's buffer when the capture ends.
    const options = '-n -U --immediate-mode -Z root -B 16384 -w'.split(' ');
    const [command, args] = inNamespace(namespace, 'tcpdump', [
      '-i',
      link,
      ...options,
      join(folder, 'sent.pcap'),
    ]);
    this.#child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.#printed += chunk.toString()));
  }

  static async start(namespace: string, link: string): Promise<SentCapture> {
    const capture = new SentCapture(namespace, link, await mkdtemp(join(tmpdir(), 'stratora-sent-')));
    await waitFor(() => capture.#printed.includes('listening on'), { timeoutMs: 15_000, what: 'tcpdump' });
    return capture;
  }

  /** Ends the capture. @returns what this address sent */
  async stop(from: string): Promise<SentPackets> {
    const gone = new Promise<void>((resolve) => {
      this.#child.once('exit', () => resolve());
    });
    this.#child.kill('SIGINT');
    await gone;
    if (/[1-9]\d* packets? dropped by kernel/.test(this.#printed)) throw new Error(this.#printed);
    const bytes = await readFile(join(this.#folder, 'sent.pcap'));
    await rm(this.#folder, { recursive: true, force: true });
    return countSent(bytes, from);
  }
}

function countSent(file: Buffer, own: string): SentPackets {
  const sent = new Map<string, Record<string, number>>();
  for (let at = PCAP_HEADER_BYTES; at + PCAP_RECORD_BYTES <= file.length; ) {
    const size = file.readUInt32LE(at + 8);
    const frame = file.subarray(at + PCAP_RECORD_BYTES, at + PCAP_RECORD_BYTES + size);
    at += PCAP_RECORD_BYTES + size;
    if (frame.readUInt16BE(12) !== 0x0800) continue;
    const packet = frame.subarray(ETHERNET_BYTES);
    if (packet.subarray(12, 16).join('.') !== own) continue;
    const kind = kindOf(packet);
    if (kind === undefined) continue;
    const to = packet.subarray(16, 20).join('.');
    const row = sent.get(to) ?? {};
    row[kind] = (row[kind] ?? 0) + 1;
    sent.set(to, row);
  }
  return sent;
}

/** Tells what a packet opens; undefined for one that only goes on. */
function kindOf(packet: Buffer): string | undefined {
  const body = packet.subarray(4 * ((packet[0] ?? 0) & 0x0f), packet.readUInt16BE(2));
  const protocol = packet[9];
  if (protocol === ICMP) return body[0] === ECHO_REQUEST ? 'icmp_echo' : undefined;
  const port = body.readUInt16BE(2);
  if (protocol === UDP)
    return port === DNS_PORT ? 'dns_query' : port === SNMP_PORT ? snmpKind(body) : 'other_udp';
  if (protocol !== TCP) return `other_${protocol}`;
  const flags = (body[13] ?? 0) & 0x12;
  if (flags === 0x02) return `tcp_${port}`;
  const data = body.subarray(4 * ((body[12] ?? 0) >> 4));
  return data.toString('latin1', 0, 4) === 'GET ' ? 'http_request' : data.length > 0 ? 'tcp_data' : undefined;
}

function snmpKind(body: Buffer): string {
  const view = new MessageView();
  readMessage(Buffer.from(body.subarray(8)), view, 'manager');
  return VERSIONS[view.version] ?? 'other_snmp';
}
