/** A decoded value of D-Bus: structs and arrays are lists, dictionaries are maps, a variant is what it holds. */
export type BusValue =
  | number
  | bigint
  | boolean
  | string
  | readonly BusValue[]
  | ReadonlyMap<string, BusValue>;

/** Returns the text that a value is; empty for any other. */
export function textOf(value: BusValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Returns the number that a value is; 0 for any other. */
export function numberOf(value: BusValue | undefined): number {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : 0;
}

/** A message that breaks the rules of the D-Bus Specification, "Type System" and "Marshaling". */
export class BusFormatError extends Error {
  override readonly name = 'BusFormatError';
}

/**
 * Deepest nesting: the specification allows 32 arrays within 32 structs; a variant begins anew, so depth is counted
 * over all.
 */
const MAX_DEPTH = 64;

const ALIGNMENT: Readonly<Record<string, number>> = {
  y: 1,
  g: 1,
  v: 1,
  n: 2,
  q: 2,
  b: 4,
  i: 4,
  u: 4,
  h: 4,
  s: 4,
  o: 4,
  a: 4,
  x: 8,
  t: 8,
  d: 8,
  '(': 8,
  '{': 8,
};

/** Reads values out of a body or a header, in the byte order of its sender. */
export class BusReader {
  readonly #bytes: Buffer;
  readonly #isLittleEndian: boolean;
  #at: number;
  #depth = 0;

  constructor(bytes: Buffer, isLittleEndian: boolean, at = 0) {
    this.#bytes = bytes;
    this.#isLittleEndian = isLittleEndian;
    this.#at = at;
  }

  get position(): number {
    return this.#at;
  }

  /**
   * Reads all values of a signature such as `a(ss)u`.
   *
   * @throws BusFormatError
   */
  readAll(signature: string): BusValue[] {
    const values: BusValue[] = [];
    for (let at = 0; at < signature.length; ) {
      const end = endOfType(signature, at);
      values.push(this.#read(signature.slice(at, end)));
      at = end;
    }
    return values;
  }

  #read(type: string): BusValue {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new BusFormatError('values are nested too deeply');
    this.#align(ALIGNMENT[type[0] ?? ''] ?? 1);
    const value = this.#readAligned(type);
    this.#depth -= 1;
    return value;
  }

  #readAligned(type: string): BusValue {
    switch (type[0]) {
      case 'y':
        return this.#bytes.readUInt8(this.#take(1));
      case 'b':
        return this.#unsigned(4) !== 0n;
      case 'n':
      case 'i':
        return Number(this.#signed(type[0] === 'n' ? 2 : 4));
      case 'q':
      case 'u':
      case 'h':
        return Number(this.#unsigned(type[0] === 'q' ? 2 : 4));
      case 'x':
        return this.#signed(8);
      case 't':
        return this.#unsigned(8);
      case 'd':
        return this.#isLittleEndian
          ? this.#bytes.readDoubleLE(this.#take(8))
          : this.#bytes.readDoubleBE(this.#take(8));
      case 's':
      case 'o':
        return this.#text(Number(this.#unsigned(4)));
      case 'g':
        return this.#text(this.#bytes.readUInt8(this.#take(1)));
      case 'v':
        return this.#variant();
      case '(':
        return this.readAll(type.slice(1, -1));
      case 'a':
        return type[1] === '{' ? this.#dictionary(type.slice(2, -1)) : this.#array(type.slice(1));
      default:
        throw new BusFormatError(`"${type}" is not a type`);
    }
  }

  #variant(): BusValue {
    const signature = this.#text(this.#bytes.readUInt8(this.#take(1)));
    if (signature === '' || endOfType(signature, 0) !== signature.length) {
      throw new BusFormatError('a variant must hold one value');
    }
    return this.#read(signature);
  }

  #array(element: string): BusValue[] {
    const values: BusValue[] = [];
    this.#eachElement(element, () => values.push(this.#read(element)));
    return values;
  }

  #dictionary(entry: string): ReadonlyMap<string, BusValue> {
    const map = new Map<string, BusValue>();
    const keyEnd = endOfType(entry, 0);
    this.#eachElement('{', () => {
      this.#align(8);
      const key = this.#read(entry.slice(0, keyEnd));
      map.set(typeof key === 'string' ? key : `${numberOf(key)}`, this.#read(entry.slice(keyEnd)));
    });
    return map;
  }

  /** Reads the elements of an array. The length of an array does not count the padding before its first element. */
  #eachElement(element: string, readOne: () => void): void {
    const length = Number(this.#unsigned(4));
    this.#align(ALIGNMENT[element[0] ?? ''] ?? 1);
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new BusFormatError('an array is longer than its message');
    while (this.#at < end) readOne();
    if (this.#at !== end) throw new BusFormatError('an array ends inside of an element');
  }

  #text(length: number): string {
    const start = this.#take(length + 1);
    return this.#bytes.toString('utf8', start, start + length);
  }

  #unsigned(size: 2 | 4 | 8): bigint {
    const at = this.#take(size);
    const bytes = this.#bytes;
    if (size === 8) return this.#isLittleEndian ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at);
    return BigInt(this.#isLittleEndian ? bytes.readUIntLE(at, size) : bytes.readUIntBE(at, size));
  }

  #signed(size: 2 | 4 | 8): bigint {
    return BigInt.asIntN(size * 8, this.#unsigned(size));
  }

  #align(to: number): void {
    this.#at += (to - (this.#at % to)) % to;
  }

  #take(size: number): number {
    const at = this.#at;
    if (at + size > this.#bytes.length) throw new BusFormatError('a message ends too early');
    this.#at += size;
    return at;
  }
}

/** Finds the end of the complete type that begins at `start`. */
function endOfType(signature: string, start: number): number {
  let at = start;
  while (signature[at] === 'a') at += 1;
  const open = signature[at];
  if (open === undefined || ALIGNMENT[open] === undefined) {
    throw new BusFormatError(`"${signature}" is not a signature`);
  }
  if (open !== '(' && open !== '{') return at + 1;
  let depth = 0;
  for (; at < signature.length; at += 1) {
    if (signature[at] === '(' || signature[at] === '{') depth += 1;
    if (signature[at] === ')' || signature[at] === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  throw new BusFormatError(`"${signature}" is not a signature`);
}

/** Writes values in little-endian order: the types that calls to systemd need. */
export class BusWriter {
  #chunks: Buffer[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks, this.#length);
  }

  align(to: number): void {
    const missing = (to - (this.#length % to)) % to;
    if (missing > 0) this.raw(Buffer.alloc(missing));
  }

  raw(bytes: Buffer): void {
    this.#chunks.push(bytes);
    this.#length += bytes.length;
  }

  byte(value: number): void {
    this.raw(Buffer.from([value]));
  }

  uint32(value: number): void {
    this.align(4);
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    this.raw(bytes);
  }

  /** Writes a value of type `s` or `o`. */
  string(text: string): void {
    const bytes = Buffer.from(text, 'utf8');
    this.uint32(bytes.length);
    this.raw(bytes);
    this.byte(0);
  }

  signature(text: string): void {
    this.byte(text.length);
    this.raw(Buffer.from(text, 'ascii'));
    this.byte(0);
  }

  /** Writes a value of type `as`. */
  strings(texts: readonly string[]): void {
    // Its elements are aligned as its length is, so nothing lies between the two.
    this.align(4);
    const length = Buffer.alloc(4);
    this.raw(length);
    const start = this.#length;
    for (const text of texts) this.string(text);
    length.writeUInt32LE(this.#length - start);
  }
}
