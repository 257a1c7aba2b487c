import { gunzipSync, gzipSync } from 'node:zlib';
import { API_KEY_HEADER, COMPONENT_ROUTES } from '@stratora/contract/wire';
import type { Clock, HttpClient } from '@stratora/runtime';
import { countLineFeeds } from '../spool/line-blocks.ts';
import { judgeAnswer, type Verdict } from './ingest-answer.ts';
import type { Quarantine } from './quarantine.ts';

const INGEST_PATH = `${COMPONENT_ROUTES.ingest}?precision=ns`;

/** Bytes of a line that the server takes in any case; it drops longer ones than 64 KiB by themselves, with a 204. */
const PASSABLE_LINE_BYTES = 1024 * 1024;

export interface Delivery {
  client: HttpClient;
  apiKey: () => string;
  quarantine: Quarantine;
  clock: Clock;
}

/**
 * The outcome of a delivery. A batch is done when every part of it was taken or set aside; else it stays as a whole.
 */
export type DeliveryOutcome =
  | { kind: 'done'; epoch: string; rejectedLines: number; sentBytes: number; split: boolean }
  | Extract<Verdict, { kind: 'keep' }>;

/**
 * Sends gzip members as one body. What is too large for the server is halved down to single lines; a line that is
 * still too large is set aside, unless no server of ours would refuse it: then a proxy on the way does, and it is kept.
 * @throws OutboundError when there is no answer
 */
export async function deliverBatch(
  payloads: readonly Buffer[],
  delivery: Delivery,
  signal: AbortSignal,
): Promise<DeliveryOutcome> {
  const done = { kind: 'done' as const, epoch: '', rejectedLines: 0, sentBytes: 0, split: false };
  const parts: Buffer[][] = [[...payloads]];
  for (let part = parts.shift(); part; part = parts.shift()) {
    const body = part.length === 1 && part[0] ? part[0] : Buffer.concat(part);
    const verdict = await post(body, delivery, signal);
    if (verdict.kind === 'keep') return verdict;
    if (verdict.kind === 'delivered') {
      done.epoch = verdict.epoch;
      done.rejectedLines += verdict.rejectedLines;
      done.sentBytes += body.length;
      continue;
    }
    if (verdict.kind === 'split') {
      done.split = true;
      const halves = halve(part);
      if (halves) {
        parts.unshift(...halves);
        continue;
      }
    }
    const plain = gunzipSync(body);
    if (verdict.kind === 'split' && plain.length <= PASSABLE_LINE_BYTES) {
      return { kind: 'keep', reason: `413 for ${body.length} bytes: a proxy before the server refuses them` };
    }
    const lines = countLineFeeds(plain);
    await delivery.quarantine.add(body, lines, verdict.kind === 'split' ? 'line too large' : verdict.reason);
  }
  return done;
}

async function post(body: Buffer, delivery: Delivery, signal: AbortSignal): Promise<Verdict> {
  const answer = await delivery.client.request({
    method: 'POST',
    path: INGEST_PATH,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-encoding': 'gzip',
      [API_KEY_HEADER]: delivery.apiKey(),
    },
    body,
    signal,
  });
  return judgeAnswer(answer, delivery.clock.now());
}

/** Halves a part by size; undefined for a single line. */
function halve(part: readonly Buffer[]): Buffer[][] | undefined {
  if (part.length > 1) {
    const middle = Math.ceil(part.length / 2);
    return [part.slice(0, middle), part.slice(middle)];
  }
  const plain = part[0] ? gunzipSync(part[0]) : Buffer.alloc(0);
  let cut = plain.indexOf(0x0a, Math.floor(plain.length / 2)) + 1;
  if (cut <= 0 || cut >= plain.length) cut = plain.lastIndexOf(0x0a, plain.length - 2) + 1;
  if (cut <= 0 || cut >= plain.length) return undefined;
  return [plain.subarray(0, cut), plain.subarray(cut)].map((half) => [gzipSync(half, { level: 1 })]);
}
