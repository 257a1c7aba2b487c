import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const LOGGER = fileURLToPath(new URL('./logger.ts', import.meta.url));

/** Starts a process that logs, and logs again when it is told to end. */
function startLogging(lastWords: string) {
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { createLogger } from ${JSON.stringify(LOGGER)};
      const logger = createLogger({ name: 'child' });
      process.on('SIGTERM', () => { ${lastWords}; process.exit(3); });
      setInterval(() => {}, 1000);
      logger.info('up');`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

it('lets a process end whose log nobody reads any more', async () => {
  const child = startLogging("for (let n = 0; n < 100; n += 1) logger.info('going')");
  await once(child.stdout, 'data');
  child.stdout.destroy();
  await once(child.stdout, 'close');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([3, null]);
});

it('has written the last line before the process ends', async () => {
  const child = startLogging("logger.info({ long: 'x'.repeat(1_000_000) }, 'the last')");
  await once(child.stdout, 'data');
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  child.kill('SIGTERM');
  await once(child, 'close');
  expect(printed).toMatch(/"msg":"the last"\}\n$/);
});
