/** A sample of a series with all its labels, `__name__` among them. */
export interface SeriesSample {
  readonly labels: Readonly<Record<string, string>>;
  /** `ended`: from here on the series is not there any more (a staleness marker). */
  readonly value: number | 'ended';
  readonly timeMs: number;
}

/** Bits of the NaN that Prometheus takes for the end of a series (model/value of its source). */
const STALE_NAN = 0x7ff0000000000002n;
/** Wire types of protocol buffers. */
const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
/** Most bytes of one literal of a snappy block whose length is given in two bytes. */
const LITERAL_MAX = 65_536;
const LITERAL_OF_TWO_BYTES = 61 << 2;

/**
 * Encodes samples as a body of Prometheus' remote write, protocol 1.0: a `WriteRequest` of protocol buffers in a snappy
 * block. The block holds literals alone, which every reader takes: the body stays in a data centre, and no library is
 * needed.
 */
export function encodeRemoteWrite(samples: readonly SeriesSample[]): Buffer {
  return snappyBlock(Buffer.concat(samples.map((sample) => field(1, timeSeries(sample)))));
}

function timeSeries({ labels, value, timeMs }: SeriesSample): Buffer {
  const names = Object.keys(labels).sort();
  return Buffer.concat([
    ...names.map((name) => field(1, Buffer.concat([text(1, name), text(2, labels[name] ?? '')]))),
    field(2, sampleOf(value, timeMs)),
  ]);
}

function sampleOf(value: SeriesSample['value'], timeMs: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes[0] = (1 << 3) | FIXED64;
  if (value === 'ended') bytes.writeBigUInt64LE(STALE_NAN, 1);
  else bytes.writeDoubleLE(value, 1);
  return Buffer.concat([bytes, varint((2 << 3) | VARINT), varint(timeMs)]);
}

function text(number: number, value: string): Buffer {
  return field(number, Buffer.from(value));
}

function field(number: number, value: Buffer): Buffer {
  return Buffer.concat([varint((number << 3) | BYTES), varint(value.length), value]);
}

/** @param value a whole number from 0 to 2^53 */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}

/** Wraps bytes as a block of snappy (format_description.txt of its source), without compressing them. */
function snappyBlock(bytes: Buffer): Buffer {
  const parts: Buffer[] = [varint(bytes.length)];
  for (let at = 0; at < bytes.length; at += LITERAL_MAX) {
    const literal = bytes.subarray(at, at + LITERAL_MAX);
    const head = Buffer.alloc(3);
    head[0] = LITERAL_OF_TWO_BYTES;
    head.writeUInt16LE(literal.length - 1, 1);
    parts.push(head, literal);
  }
  return Buffer.concat(parts);
}
