import {
  BerWriter,
  encodeOid,
  type PasswordKeyCache,
  PduType,
  type RequestWork,
  UsmCodec,
  UsmEngine,
} from '@stratora/snmp';

/** SNMPv2-MIB::sysObjectID.0: every agent has it, and its answer is short. */
const SYS_OBJECT_ID = encodeOid('1.3.6.1.2.1.1.2.0');
const NULL_VALUE = 0x05;
/** An id that stands four octets long in a message, as all ids of probes do. */
const MARK_ID = 0x5a5b5c5d;
const LEAST_ID = 0x01000000;

/** The question of a probe: a GET of sysObjectID.0. */
export const PROBE_WORK: RequestWork = {
  write(writer, requestId) {
    const mark = writer.size;
    writer.header(NULL_VALUE, 0);
    writer.octets(0x06, SYS_OBJECT_ID);
    writer.wrap(0x30, mark);
    writer.wrap(0x30, mark);
    writer.integer(0);
    writer.integer(0);
    writer.integer(requestId);
    writer.wrap(PduType.get, mark);
  },
  accept: () => true,
  onSilence: () => false,
  onGivenUp: () => false,
  expectedBytes: () => 128,
};

/** A message that is the same for every host but for its id: encoded once, and copied with the id in its places. */
export class ProbeTemplate {
  readonly #octets: Buffer;
  readonly #places: readonly number[];

  /** @param octets a message whose ids are `MARK_ID` */
  constructor(octets: Buffer) {
    this.#octets = Buffer.from(octets);
    const places: number[] = [];
    const mark = Buffer.alloc(4);
    mark.writeUInt32BE(MARK_ID);
    for (let at = this.#octets.indexOf(mark); at >= 0; at = this.#octets.indexOf(mark, at + 4))
      places.push(at);
    this.#places = places;
  }

  /** Makes the message with an id of four octets. */
  withId(id: number): Buffer {
    const message = Buffer.allocUnsafe(this.#octets.length);
    this.#octets.copy(message);
    for (const at of this.#places) message.writeUInt32BE(id, at);
    return message;
  }
}

/** Makes the question with a community (RFC 1157, RFC 1901). */
export function communityTemplate(version: 1 | 2, community: string): ProbeTemplate {
  const writer = new BerWriter(512);
  writer.reset();
  PROBE_WORK.write(writer, MARK_ID);
  writer.octets(0x04, Buffer.from(community));
  writer.integer(version - 1);
  writer.wrap(0x30, 0);
  return new ProbeTemplate(writer.view());
}

/** Makes the question for a host's engine (RFC 3414, section 4), which names no user. */
export function discoveryTemplate(cache: PasswordKeyCache): ProbeTemplate {
  const codec = new UsmCodec({ secName: '', secLevel: 'noAuthNoPriv' }, new UsmEngine(), cache);
  const writer = new BerWriter(512);
  writer.reset();
  codec.write(writer, PROBE_WORK, MARK_ID);
  return new ProbeTemplate(writer.view());
}

/** Turns random 32 bits into an id that is positive and four octets long. */
export function probeId(random: number): number {
  return LEAST_ID + (random % (0x7fffffff - LEAST_ID));
}
