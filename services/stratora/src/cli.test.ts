import { fileURLToPath } from 'node:url';
import { runProcess } from '@stratora/runtime';
import { expect, it } from 'vitest';

const CLI = fileURLToPath(new URL('cli.ts', import.meta.url));

it('a command that ends has written all that it printed, however slowly its reader takes it', async () => {
  const script = `
    import { runCli } from ${JSON.stringify(CLI)};
    const long = { run: async () => (process.stdout.write('x'.repeat(1_000_000)), 3), help: () => '' };
    await runCli({ long }, '');
  `;
  const { code, stdout } = await runProcess({
    command: process.execPath,
    args: ['--input-type=module', '-e', script, '--', 'stratora', 'long'],
    timeoutMs: 60_000,
  });
  expect({ code, length: stdout.length }).toEqual({ code: 3, length: 1_000_000 });
});
