/** A fault of a text that a person wrote, with its place. */
export interface TextFault {
  /** Line of the fault's begin, counted from 1. */
  line: number;
  /** Character of that line (UTF-16), counted from 1. */
  column: number;
  /** Offsets into the text; `to` is behind the last character, and equals `from` where something is missing. */
  from: number;
  to: number;
  /** A sentence or two in plain words. */
  message: string;
}

/** A fault before its line and column are known. */
export type PlacedMessage = Pick<TextFault, 'from' | 'to' | 'message'>;

/** Places a message in its text. */
function textFault(text: string, { from, to, message }: PlacedMessage): TextFault {
  const before = text.slice(0, from);
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  return { line, column: from - lineStart + 1, from, to, message };
}

/** Most faults of one text that are told; the rest follows from these more often than not. */
const MOST_FAULTS = 10;

/** Places messages in their text, in the order of their places. */
export function textFaults(text: string, messages: readonly PlacedMessage[]): TextFault[] {
  return [...messages]
    .sort((a, b) => a.from - b.from || a.to - b.to)
    .slice(0, MOST_FAULTS)
    .map((message) => textFault(text, message));
}
