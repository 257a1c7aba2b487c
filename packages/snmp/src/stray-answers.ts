import { SnmpError } from './snmp-error.ts';

/** Ids of requests that are remembered, to tell a late answer from one that fits no request. */
const REMEMBERED_IDS = 8;

/** Kinds of answers that were dropped since an operation began; each with what is said of it. */
const KINDS = {
  otherId: 'with an id that no request had',
  otherSource: 'from another address than was asked',
  otherVersion: 'of another SNMP version',
  otherCommunity: 'with another community, user or engine',
  unauthentic: 'whose SNMPv3 authentication, level or time is wrong',
} as const;
export type StrayKind = keyof typeof KINDS;

/** The answers that came for an operation and could not be taken: what is silence otherwise has a name. */
export class StrayAnswers {
  private readonly counts = new Map<StrayKind, number>();
  private readonly ids: number[] = [];
  private source = '';
  private late = 0;

  /** Remembers the id of a request. */
  noteId(id: number): void {
    if (this.ids.length >= REMEMBERED_IDS) this.ids.shift();
    this.ids.push(id);
  }

  /** Forgets what came for the last operation, but not its ids: an answer to it may still come. */
  restart(): void {
    this.counts.clear();
    this.late = 0;
  }

  note(kind: StrayKind, source = ''): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    this.source = source;
  }

  /** Notes an answer with an id that is not in flight. */
  noteForeignId(id: number): void {
    if (this.ids.includes(id)) this.late++;
    else this.note('otherId');
  }

  /** Makes the error that says what came; undefined when nothing did. */
  explain(address: string, port: number): SnmpError | undefined {
    const dropped = [...this.counts].map(([kind, count]) => {
      const from = kind === 'otherSource' && this.source !== '' ? ` (${this.source})` : '';
      return `${count} ${KINDS[kind]}${from}`;
    });
    if (dropped.length > 0) {
      const message = `Answers came for the questions to ${address} port ${port}, but none fits a request: ${dropped.join(', ')}.`;
      return new SnmpError('bad_answer', message, { isUnheard: true });
    }
    return undefined;
  }

  /** Makes the error of a device whose answers came after all; undefined when none did. */
  explainLate(address: string, port: number): SnmpError | undefined {
    if (this.late === 0) return undefined;
    const message = `${address} port ${port} answers, but only after the time that is waited for an answer.`;
    return new SnmpError('timeout', message);
  }
}

/** Mask of the bits that a device keeps at least when it shortens ids. */
const KEPT_BITS = 0x7fff;

/** True when the answered id is what is left of the one that was sent: its lower or its upper octets. */
export function isShortened(sent: number, answered: number): boolean {
  if (sent === answered || sent <= KEPT_BITS) return false;
  const isLower = (sent & KEPT_BITS) === (answered & KEPT_BITS);
  return isLower || answered === sent >>> 8 || answered === sent >>> 16;
}
