import {
  answerEndedEarly,
  connectionFailed,
  noAnswerInTime,
  pingSilent,
  pingUnsendable,
} from '@stratora/engine/words';
import { type DecodedLine, decodeLine, LineScanner } from '@stratora/lineprotocol';
import type { TargetFault } from './telegraf-rules.ts';

export interface ProbeOutcome {
  input: string;
  nodeId: string;
  /** Undefined for an answer. */
  fault: TargetFault | undefined;
  message: string;
  /** The sample's own time; undefined where it has none. */
  timeMs: number | undefined;
}

const PROBES = ['ping', 'http_response'] as const;
const LINE_FEED = 0x0a;

/** Reads the outcomes of checks from line protocol. */
export function probeOutcomes(lines: Buffer): ProbeOutcome[] {
  const found: ProbeOutcome[] = [];
  const scanner = new LineScanner();
  for (const input of PROBES) {
    const start = Buffer.from(`${input},`);
    for (let at = lines.indexOf(start); at >= 0; at = lines.indexOf(start, at + start.length)) {
      if (at > 0 && lines[at - 1] !== LINE_FEED) continue;
      const end = lines.indexOf(LINE_FEED, at);
      const outcome = judge(input, lines.subarray(at, end < 0 ? lines.length : end), scanner);
      if (outcome) found.push(outcome);
    }
  }
  return found;
}

function judge(
  input: (typeof PROBES)[number],
  bytes: Buffer,
  scanner: LineScanner,
): ProbeOutcome | undefined {
  scanner.reset(bytes);
  if (!scanner.next() || scanner.verdict !== 0) return undefined;
  const line = decodeLine(bytes, scanner);
  const nodeId = line.tags.get('node_id');
  if (nodeId === undefined) return undefined;
  return { input, nodeId, timeMs: line.timeMs, ...(input === 'ping' ? judgePing(line) : judgePage(line)) };
}

type Judgement = Pick<ProbeOutcome, 'fault' | 'message'>;
const ANSWERED: Judgement = { fault: undefined, message: '' };

/**
 * Judges a ping. `result_code` is 0 for one that came back; of a silent host it is 1 beside the figures of the loss, and
 * 2 without any when nothing could be sent.
 */
function judgePing({ fields }: DecodedLine): Judgement {
  const loss = fields.get('percent_packet_loss');
  if (loss === 100) return { fault: 'timeout', message: pingSilent() };
  if (loss === undefined && Number(fields.get('result_code') ?? 0) !== 0) {
    return { fault: 'refused', message: pingUnsendable() };
  }
  return ANSWERED;
}

const PAGE_FAULTS: Readonly<Record<string, Judgement>> = {
  body_read_error: { fault: 'bad_answer', message: answerEndedEarly() },
  connection_failed: { fault: 'refused', message: connectionFailed() },
  dns_error: { fault: 'refused', message: connectionFailed() },
  timeout: { fault: 'timeout', message: noAnswerInTime() },
};

/** Judges the answer to an HTTP check: a page that is not the expected one is an answer all the same. */
function judgePage({ fields }: DecodedLine): Judgement {
  const result = String(fields.get('result_type') ?? '');
  return Object.hasOwn(PAGE_FAULTS, result) ? (PAGE_FAULTS[result] ?? ANSWERED) : ANSWERED;
}

const NODE_TAG = Buffer.from(',node_id=');
const UUID_LENGTH = 36;
const SPACE = 0x20;
const COMMA = 0x2c;

/**
 * Returns the nodes that these lines are about and the measurements of each, leaving out lines that checks write whatever
 * their outcome.
 */
export function sampledMeasurements(lines: Buffer): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (let at = 0; at < lines.length; ) {
    const feed = lines.indexOf(LINE_FEED, at);
    const end = feed < 0 ? lines.length : feed;
    const tag = lines.indexOf(NODE_TAG, at);
    if (tag < 0) return found;
    if (tag < end && !isProbe(lines, at)) {
      const start = tag + NODE_TAG.length;
      const isWhole = lines[start + UUID_LENGTH] === SPACE || lines[start + UUID_LENGTH] === COMMA;
      if (isWhole) note(found, lines, { at, start });
    }
    at = end + 1;
  }
  return found;
}

function note(
  found: Map<string, Set<string>>,
  lines: Buffer,
  { at, start }: { at: number; start: number },
): void {
  const nodeId = lines.toString('latin1', start, start + UUID_LENGTH);
  const measurement = lines.toString('utf8', at, lines.indexOf(COMMA, at));
  const measurements = found.get(nodeId);
  if (measurements) measurements.add(measurement);
  else found.set(nodeId, new Set([measurement]));
}

function isProbe(lines: Buffer, at: number): boolean {
  return PROBES.some((input) => lines.toString('latin1', at, at + input.length + 1) === `${input},`);
}
