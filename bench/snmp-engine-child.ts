// Child process of the snmp-engine bench: the embedded engine on a telegraf.conf, on the real clock. Every line on its
// standard input is answered with one line of JSON: what it has used and done so far.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createEngine } from '@stratora/engine';
import { createLogger } from '@stratora/runtime';

const [confFile = ''] = process.argv.slice(2);
const logger = createLogger({ name: 'engine', level: 'error' });
const engine = createEngine({ logger });
await engine.apply(readFileSync(confFile, 'utf8'));
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  if (line === '') continue;
  const usage = process.resourceUsage();
  let runs = 0;
  let durationMs = 0;
  let gatheredAtMs = 0;
  for (const input of engine.stats.inputs) {
    runs += input.runs;
    durationMs = Math.max(durationMs, input.durationMs);
    gatheredAtMs = Math.max(gatheredAtMs, input.lastSuccessAt);
  }
  const { total, output } = engine.stats;
  process.stdout.write(
    `${JSON.stringify({
      cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
      residentMiB: process.memoryUsage.rss() / 2 ** 20,
      peakMiB: usage.maxRSS / 1024,
      runs,
      durationMs,
      gatheredAtMs,
      metrics: total.metrics,
      failures: total.failures,
      skipped: total.skipped,
      written: output.written,
      dropped: output.dropped,
      targetsNotOk: engine.targets.filter((target) => target.status !== 'ok').length,
    })}\n`,
  );
}
await engine.stop(5_000);
process.exit(0);
