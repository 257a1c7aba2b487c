import { parse, TomlError } from 'smol-toml';
import { ConfigError } from './config-fault.ts';
import { decodeText } from './toml-text.ts';
import { isTomlTable, type TomlTable, type TomlValue } from './toml-value.ts';

/**
 * Parses the text of a telegraf.conf; in strings `$$` is a dollar sign.
 *
 * Thousands of blocks are rendered from one template and end in the same sub-tables. Those are parsed once and shared:
 * equal texts give the very same (frozen) lists, which who reads them may use to do its own work once.
 *
 * @throws ConfigError for what is not TOML
 */
export function parseDocument(source: string): TomlTable {
  const split = splitBlocks(source);
  return (split === undefined ? undefined : parseBlocks(split)) ?? parseWhole(source);
}

/** The text of an `[[inputs.NAME]]` with what is below it. */
interface BlockText {
  readonly plugin: string;
  /** Text of its header, its own settings and its tags. */
  own: string;
  /** Text of its other sub-tables, under a header of the block; empty when there is none. */
  below: string;
}

interface SplitText {
  readonly blocks: readonly BlockText[];
  /** Text of all other sections. */
  readonly rest: string;
}

const BLOCK_HEADER = /^\[\[inputs\.([A-Za-z0-9_-]+)\]\][ \t\r]*$/;
const HEADER = /^[ \t]*\[\[?[A-Za-z0-9_.-]+\]\]?[ \t\r]*$/;
/** A setting that begins and ends in its line: a value that opens a list closes it there. */
const SETTING = /^[ \t]*[A-Za-z0-9_-]+[ \t]*=[ \t]*(?:[^[{ \t].*|\[.*\]|\{.*\})[ \t\r]*$/;
const NOTHING = /^[ \t\r]*(?:#.*)?$/;

/** Cuts a text into its blocks by its lines; undefined for one that is not written one setting a line. */
function splitBlocks(source: string): SplitText | undefined {
  if (source.includes('"""') || source.includes("'''")) return undefined;
  const splitter = new BlockSplitter(source);
  for (let at = 0; at < source.length; ) {
    const feed = source.indexOf('\n', at);
    const end = feed < 0 ? source.length : feed + 1;
    const line = source.slice(at, feed < 0 ? end : feed);
    if (!isHeaderStart(line)) {
      if (!SETTING.test(line) && !NOTHING.test(line)) return undefined;
      at = end;
      continue;
    }
    if (!HEADER.test(line) || !splitter.enter(at, line)) return undefined;
    at = Math.max(end, splitter.skipKnown(at));
  }
  return splitter.finish();
}

class BlockSplitter {
  readonly #source: string;
  readonly #blocks: BlockText[] = [];
  readonly #rest: string[] = [];
  /** Text below the last block of each plugin, in one piece. */
  readonly #known = new Map<string, string>();
  #block: BlockText | undefined;
  #part: 'own' | 'below' = 'own';
  #from = 0;

  constructor(source: string) {
    this.#source = source;
  }

  /** Begins a section; false when its place is not plain. */
  enter(at: number, header: string): boolean {
    const plugin = BLOCK_HEADER.exec(header)?.[1];
    if (plugin === '__proto__') return false;
    const place = plugin === undefined ? placeOf(header.trim(), this.#block) : 'own';
    if (place === undefined) return false;
    // Sub-tables that follow each other are one piece.
    if (place === 'below' && this.#part === 'below') return true;
    this.#take(at);
    if (plugin !== undefined) {
      this.#block = { plugin, own: '', below: '' };
      this.#blocks.push(this.#block);
    } else if (place === 'rest') {
      this.#block = undefined;
    }
    this.#part = place === 'below' ? 'below' : 'own';
    return true;
  }

  /** Returns where the sub-tables end that begin here, if they are those of the block before; else `at`. */
  skipKnown(at: number): number {
    if (this.#part !== 'below' || this.#from !== at) return at;
    const known = this.#known.get(this.#block?.plugin ?? '') ?? '';
    const end = at + known.length;
    const isSame = known !== '' && this.#source.startsWith(known, at);
    return isSame && /^[ \t]*\[/.test(this.#source.slice(end, end + 8)) ? end : at;
  }

  finish(): SplitText {
    this.#take(this.#source.length);
    return { blocks: this.#blocks, rest: this.#rest.join('') };
  }

  #take(to: number): void {
    const block = this.#block;
    const known = this.#part === 'below' ? this.#known.get(block?.plugin ?? '') : undefined;
    const isKnown = known?.length === to - this.#from && this.#source.startsWith(known, this.#from);
    const piece = isKnown ? known : this.#source.slice(this.#from, to);
    this.#from = to;
    if (block === undefined) {
      this.#rest.push(piece);
      return;
    }
    block[this.#part] = block[this.#part] === '' ? piece : block[this.#part] + piece;
    if (this.#part === 'below') this.#known.set(block.plugin, piece);
  }
}

function isHeaderStart(line: string): boolean {
  return line.trimStart().startsWith('[');
}

/** Returns where a section belongs: to the block that is open, to the rest, or undefined when that is not plain. */
function placeOf(header: string, block: BlockText | undefined): 'own' | 'below' | 'rest' | undefined {
  if (!/^\[\[?inputs\b/.test(header)) return 'rest';
  if (block === undefined) return undefined;
  if (header === `[inputs.${block.plugin}.tags]`) return 'own';
  return header.startsWith(`[inputs.${block.plugin}.`) || header.startsWith(`[[inputs.${block.plugin}.`)
    ? 'below'
    : undefined;
}

/** Parses the parts of a text; undefined when they do not fit together: then the whole text says why. */
function parseBlocks({ blocks, rest }: SplitText): TomlTable | undefined {
  try {
    const document: Record<string, TomlValue> = { ...parseToml(rest) };
    if (Object.hasOwn(document, 'inputs')) return undefined;
    if (blocks.length === 0) return document;
    const inputs: Record<string, TomlTable[]> = {};
    const shared = new Map<string, Map<string, TomlTable>>();
    for (const block of blocks) {
      const table = parseBlock(block, shared);
      if (table === undefined) return undefined;
      if (Object.hasOwn(inputs, block.plugin)) inputs[block.plugin]?.push(table);
      else inputs[block.plugin] = [table];
    }
    document['inputs'] = inputs;
    return document;
  } catch (error) {
    if (error instanceof TomlError) return undefined;
    throw error;
  }
}

function parseBlock(block: BlockText, shared: Map<string, Map<string, TomlTable>>): TomlTable | undefined {
  const own = onlyBlock(parseToml(block.own), block.plugin);
  if (own === undefined || block.below === '') return own;
  const known = shared.get(block.plugin) ?? new Map<string, TomlTable>();
  shared.set(block.plugin, known);
  let below = known.get(block.below);
  if (below === undefined) {
    below = onlyBlock(parseToml(`[[inputs.${block.plugin}]]\n${block.below}`), block.plugin);
    if (below === undefined) return undefined;
    freeze(below);
    known.set(block.below, below);
  }
  for (const name in below) if (Object.hasOwn(own, name)) return undefined;
  return { ...own, ...below };
}

/** Returns the one block of a text that has nothing else. */
function onlyBlock(document: TomlTable, plugin: string): TomlTable | undefined {
  const { inputs, ...others } = document;
  if (!isTomlTable(inputs) || Object.keys(others).length > 0) return undefined;
  const list = inputs[plugin];
  const [table] = Array.isArray(list) && list.length === 1 ? list : [];
  return isTomlTable(table) ? table : undefined;
}

function freeze(value: TomlValue): void {
  if (typeof value !== 'object' || value instanceof Date) return;
  for (const item of Object.values(value)) freeze(item);
  Object.freeze(value);
}

function parseWhole(source: string): TomlTable {
  try {
    return parseToml(source);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const message = error.message.split('\n', 1)[0] ?? 'is not TOML';
    throw new ConfigError([{ line: error.line, path: '', message }], { cause: error });
  }
}

function parseToml(source: string): TomlTable {
  return decodeTable(parse(source, { integersAsBigInt: 'asNeeded', maxDepth: 32 }));
}

function decodeTable(table: TomlTable): TomlTable {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, decodeValue(value)]));
}

function decodeValue(value: TomlValue): TomlValue {
  if (typeof value === 'string') return decodeText(value);
  if (Array.isArray(value)) return value.map(decodeValue);
  return isTomlTable(value) ? decodeTable(value) : value;
}
