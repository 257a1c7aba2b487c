import { escapeName, type LineScanner } from '@stratora/lineprotocol';
import { INTERFACE_TAGS } from '../interfaces/index.ts';

/** A value of a tag, as text and as line protocol writes it. */
export interface TagValue {
  readonly text: string;
  readonly bytes: Buffer;
}

/** Names of the tags whose values are the server's, in the order in which the scanner watches them. */
export const OWN_TAGS = ['collector_id', 'node_name'] as const;
/** Tags that the scanner watches: the server's own, and those by which interfaces are known. */
export const WATCHED_TAGS = [...OWN_TAGS, ...INTERFACE_TAGS];
/** Where the tags of interfaces begin among them. */
export const INTERFACE_PLACE = OWN_TAGS.length;
const NAME_LENGTHS = WATCHED_TAGS.map(({ length }) => length);

export function tagValue(text: string): TagValue {
  return { text, bytes: Buffer.from(escapeName(text)) };
}

/** A piece of a line that is to be replaced; without a value the piece is left out. */
export interface Replacement {
  start: number;
  end: number;
  value: Buffer | undefined;
}

/**
 * The values that the server gives to some tags of a line, whatever the sender wrote: who collects it, and what its node
 * is called. A component that is no collector has no say in the first.
 */
export class OwnTags {
  /** The component, where it is a collector. */
  collector: TagValue | undefined;
  /** The name of the node of the line; undefined while it is not known, and then the sender's stays. */
  nodeName: TagValue | undefined;

  /** Whether the line under the scanner has the server's values already, as nearly all lines have. */
  areIn(source: Buffer, { besideStart, besideEnd }: LineScanner): boolean {
    const collectorStart = besideStart[0] as number;
    if (collectorStart >= 0 && !isAt(source, collectorStart, besideEnd[0] as number, this.collector?.bytes)) {
      return false;
    }
    const nameStart = besideStart[1] as number;
    return (
      nameStart < 0 ||
      this.nodeName === undefined ||
      isAt(source, nameStart, besideEnd[1] as number, this.nodeName.bytes)
    );
  }

  /** Lists what of the line is to be replaced, in order. */
  replacements({ besideStart, besideEnd }: LineScanner): Replacement[] {
    const found: Replacement[] = [];
    for (const [place, value] of [this.collector?.bytes, this.nodeName?.bytes].entries()) {
      const start = besideStart[place] as number;
      const end = besideEnd[place] as number;
      if (start < 0 || (place === 1 && value === undefined)) continue;
      found.push(value ? { start, end, value } : leftOut(place, start, end));
    }
    return found.toSorted((a, b) => a.start - b.start);
  }

  /** Gives decoded tags the server's values. */
  applyTo(tags: Map<string, string>): void {
    if (tags.has('collector_id')) {
      if (this.collector) tags.set('collector_id', this.collector.text);
      else tags.delete('collector_id');
    }
    if (this.nodeName && tags.has('node_name')) tags.set('node_name', this.nodeName.text);
  }
}

/** Makes the replacement that leaves a watched tag out, with its name, the comma before it and the equals sign. */
export function leftOut(place: number, start: number, end: number): Replacement {
  return { start: start - (NAME_LENGTHS[place] ?? 0) - 2, end, value: undefined };
}

function isAt(source: Buffer, start: number, end: number, expected: Buffer | undefined): boolean {
  if (expected?.length !== end - start) return false;
  for (let index = 0; index < expected.length; index += 1) {
    if (source[start + index] !== expected[index]) return false;
  }
  return true;
}
