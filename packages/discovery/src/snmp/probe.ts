import type { UsmCodec, UsmEngine } from '@stratora/snmp';
import type { ScanHost } from '../scan/scan-host.ts';

/** What was asked with a message: a community, an engine's id, or a user's login. */
export type ProbeKind = 'community' | 'discovery' | 'login';

/** A message that was sent, by whose id its answer is known. It may come when the next one is out already. */
export interface SentProbe {
  readonly probe: Probe;
  readonly id: number;
  readonly kind: ProbeKind;
  /** Place of its credential. */
  readonly step: number;
  readonly message: Buffer;
  readonly codec: UsmCodec | undefined;
}

/** The questions to one host: one credential after the other, one message at a time. */
export class Probe {
  readonly host: ScanHost;
  /** Place of the credential that is tried. */
  step = 0;
  /** Messages of this step that were not answered. */
  silences = 0;
  /** The message that an answer is waited for. */
  current: SentProbe | undefined;
  readonly sent: SentProbe[] = [];
  /** Rises with every wait, so that a wait that is over counts no more. */
  ticket = 0;
  isQueued = false;
  isDone = false;
  /** Whether it was asked for its engine, and what came of it. */
  engine: 'unasked' | 'silent' | UsmEngine = 'unasked';
  /** The codec of the login that is under way. */
  codec: UsmCodec | undefined;
  /** The user that is let in by the guard. */
  entered: string | undefined;
  /** Users that are not tried here again. */
  refused: Set<string> | undefined;
  /** Number of datagrams from it that could not be read. */
  garbled = 0;

  constructor(host: ScanHost) {
    this.host = host;
  }
}
