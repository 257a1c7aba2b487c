import type { LedgerRow } from '@stratora/contract';

/**
 * Kinds of packets that a scan sends, as the ledger names them. SNMP by version and purpose: a probe is the first question with a
 * community, `discovery` asks for an engine without any user, `login` is the first question of a user, `read` all that is
 * asked of a device which has answered. `tcp_PORT` is an opened connection, one SYN each, those of web pages included.
 */
export type PacketKind =
  | 'icmp_echo'
  | `snmp_v${'1' | '2c'}_probe`
  | 'snmp_v3_discovery'
  | 'snmp_v3_login'
  | `snmp_v${'1' | '2c' | '3'}_read`
  | `tcp_${number}`
  | 'http_request'
  | 'dns_query';

/** The ledger of a scan: every packet that opens an exchange, by kind and by the address that it is about. */
export class PacketLedger {
  readonly #open = new Map<PacketKind, Map<string, number>>();
  #rows = 0;
  #packets = 0;

  /** Number of rows that nobody took yet. */
  get rows(): number {
    return this.#rows;
  }

  /** Number of packets so far, those taken already included. */
  get packets(): number {
    return this.#packets;
  }

  note(address: string, kind: PacketKind, packets = 1): void {
    if (packets <= 0) return;
    let ofKind = this.#open.get(kind);
    if (ofKind === undefined) {
      ofKind = new Map();
      this.#open.set(kind, ofKind);
    }
    const before = ofKind.get(address) ?? 0;
    if (before === 0) this.#rows += 1;
    ofKind.set(address, before + packets);
    this.#packets += packets;
  }

  /** Takes rows out of it, `most` at a time: what is taken is never told again. */
  take(most: number): LedgerRow[] {
    const taken: LedgerRow[] = [];
    for (const [kind, ofKind] of this.#open) {
      for (const [address, packets] of ofKind) {
        if (taken.length >= most) break;
        taken.push({ address, kind, packets });
        ofKind.delete(address);
      }
    }
    this.#rows -= taken.length;
    return taken;
  }
}
