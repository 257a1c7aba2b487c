import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const MODULE = fileURLToPath(new URL('./stop-request.ts', import.meta.url));
const SCRIPT = `
  import { onStopRequest } from ${JSON.stringify(MODULE)};
  const alive = setInterval(() => {}, 1000);
  onStopRequest(process, (reason) => { console.log('stop: ' + reason); clearInterval(alive); process.stdin.destroy(); });
  console.log('up');
`;

async function startChild(watchesInput: boolean) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, STRATORA_EXIT_ON_STDIN_CLOSE: watchesInput ? '1' : '' },
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  await once(child.stdout, 'data');
  return { child, printed: () => printed };
}

describe('onStopRequest', () => {
  it('hears the end of standard input, as after the death of the parent', async () => {
    const { child, printed } = await startChild(true);
    child.stdin.end();
    await once(child, 'close');
    expect(printed()).toBe('up\nstop: the supervisor is gone\n');
  });

  it('hears a signal once, however often it comes', async () => {
    const { child, printed } = await startChild(true);
    child.kill('SIGTERM');
    child.kill('SIGTERM');
    await once(child, 'close');
    expect(printed()).toBe('up\nstop: SIGTERM\n');
  });

  it('leaves standard input alone unless told', async () => {
    const { child, printed } = await startChild(false);
    child.stdin.end();
    await new Promise((resolve) => {
      setTimeout(resolve, 300);
    });
    expect(printed()).toBe('up\n');
    child.kill('SIGINT');
    await once(child, 'close');
    expect(printed()).toBe('up\nstop: SIGINT\n');
  });
});
