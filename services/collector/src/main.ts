import { runCollector } from '@stratora/collector';
import { onStopRequest } from '@stratora/runtime';
import packageFile from '../package.json' with { type: 'json' };

try {
  const collector = await runCollector(process.env, { version: packageFile.version });
  onStopRequest(process, () => void collector.stop());
  await collector.finished;
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
