import { runComponent } from '@stratora/component';
import { onStopRequest } from '@stratora/runtime';
import packageFile from '../package.json' with { type: 'json' };

const stopRequest = Promise.withResolvers<void>();
onStopRequest(process, () => stopRequest.resolve());

try {
  const agent = await runComponent('agent', process.env, { version: packageFile.version });
  void stopRequest.promise.then(() => agent.stop());
  await agent.finished;
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
