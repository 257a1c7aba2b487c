import { runAgent } from '@stratora/agent';
import { onStopRequest } from '@stratora/runtime';
import packageFile from '../package.json' with { type: 'json' };

try {
  const agent = await runAgent(process.env, { version: packageFile.version });
  onStopRequest(process, () => void agent.stop());
  await agent.finished;
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
