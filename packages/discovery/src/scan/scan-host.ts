import type { FoundNeighbour, FoundWeb } from '@stratora/contract';
import type { Evidence } from '@stratora/identify';
import { sanitizeText } from '@stratora/runtime';
import type { FoundKey } from '../identity/identity-keys.ts';
import type { SnmpLogin } from '../snmp/scan-credential.ts';

const MOST_REMARKS = 50;

/** One address of a scan, and what has come of it so far. */
export class ScanHost {
  readonly address: string;
  /** Its turn in the order of the scan. */
  readonly turn: number;
  /** When the last packet went to it, by the monotonic clock. */
  sentAt = Number.NEGATIVE_INFINITY;
  /** Pings that were not answered. */
  unansweredPings = 0;
  answersPing = false;
  /** Ways of asking that are under way at once, whose outcomes are waited for together. */
  openWays = 0;
  /** Ports that it was knocked at. */
  readonly knockedPorts: number[] = [];
  /** Ports that accept connections. */
  readonly openPorts: number[] = [];
  /** True when a port refused a connection: somebody is there. */
  refusesTcp = false;
  /** By what it answered SNMP. */
  login: SnmpLogin | undefined;
  /** Octets of its SNMP engine's id, in hexadecimal, where it was asked for. */
  engineId: string | undefined;
  evidence: Evidence | undefined;
  readonly keys: FoundKey[] = [];
  /** Addresses that it says are its own. */
  readonly ownAddresses: string[] = [];
  macAddress: string | undefined;
  web: FoundWeb | undefined;
  hostname: string | undefined;
  readonly neighbours: FoundNeighbour[] = [];
  #remarks: Set<string> | undefined;

  constructor(address: string, turn: number) {
    this.address = address;
    this.turn = turn;
  }

  /** What could not be read of it, and what it answered to which credential, in sentences. */
  get remarks(): string[] {
    return [...(this.#remarks ?? [])];
  }

  remark(sentence: string): void {
    this.#remarks ??= new Set();
    if (this.#remarks.size < MOST_REMARKS) this.#remarks.add(sanitizeText(sentence));
  }

  /** True when anything shows that somebody has the address. */
  get isThere(): boolean {
    return (
      this.answersPing ||
      this.refusesTcp ||
      this.openPorts.length > 0 ||
      this.login !== undefined ||
      this.engineId !== undefined
    );
  }
}
