import type { VictoriaMetrics } from '@stratora/testkit';
import { createWriteClient } from '@stratora/victoriametrics';
import { expect } from 'vitest';

const MINUTE_MS = 60_000;

export async function writeLines(store: VictoriaMetrics, lines: readonly string[]): Promise<void> {
  const writer = createWriteClient({ url: store.url });
  expect(await writer.write(Buffer.from(lines.join('')), 'ms')).toMatchObject({ ok: true });
  writer.close();
  await store.flush();
}

/** An hour of values: the press is bad twice, the lathe once while it was offline, the mill never. `trial_now` is what is now. */
export function hourLines(nodes: Readonly<Record<'press' | 'lathe' | 'mill', string>>, endMs: number) {
  const isIn = (minutesAgo: number, from: number, to: number) => minutesAgo <= from && minutesAgo > to;
  const values = {
    press: (ago: number) => (isIn(ago, 50, 45) ? 85 : isIn(ago, 30, 20) ? 96 : 40),
    lathe: (ago: number) => (isIn(ago, 40, 15) ? 88 : 30),
    mill: () => 10,
  };
  const lines: string[] = [];
  for (let atMs = endMs - 60 * MINUTE_MS; atMs <= endMs + 5 * MINUTE_MS; atMs += 10_000) {
    const ago = Math.max(0, (endMs - atMs) / MINUTE_MS);
    for (const [name, valueAt] of Object.entries(values)) {
      const id = nodes[name as keyof typeof nodes];
      lines.push(
        `trial,node_id=${id},node_name=${name},slot=a load=${valueAt(ago)},now=${name === 'press' ? 95 : valueAt(0)} ${atMs}\n`,
      );
    }
  }
  return lines;
}

/** Two series of one node, which match each other twice. */
export function pairLines(nodeId: string): string[] {
  return ['x', 'y'].map((side) => `trial,node_id=${nodeId},side=${side} pair=1 ${Date.now()}\n`);
}

/** So many series of one node, bad for three minutes. */
export function crowdLines(nodeId: string, count: number): string[] {
  const nowMs = Math.floor(Date.now() / 10_000) * 10_000;
  const lines: string[] = [];
  for (let agoMs = 180_000; agoMs >= -60_000; agoMs -= 10_000)
    for (let one = 0; one < count; one += 1)
      lines.push(`trial,node_id=${nodeId},one=${one} crowd=1 ${nowMs - agoMs}\n`);
  return lines;
}
