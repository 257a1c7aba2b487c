import { providePinnedTelegraf } from '@stratora/testkit';

try {
  const startedAt = performance.now();
  const { path, source } = await providePinnedTelegraf();
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(source === 'built' ? `${path} (built in ${seconds} s)` : path);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
