import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { silentLogger } from './logger.ts';
import { runProcess } from './process-run.ts';
import { type SupervisedState, superviseProcess } from './process-supervisor.ts';

const node = process.execPath;

describe('runProcess', () => {
  it('gives the exit code and both streams, and passes arguments without a shell', async () => {
    const script =
      'process.stdin.on("data", (d) => process.stdout.write(d)); console.error(process.argv[1]); process.exitCode = 3';
    const result = await runProcess({
      command: node,
      args: ['-e', script, '$(id); `id`'],
      input: 'hello',
      timeoutMs: 10_000,
    });
    expect(result).toMatchObject({ code: 3, stdout: 'hello', timedOut: false });
    expect(result.stderr.trim()).toBe('$(id); `id`');
  });

  it('kills what overruns', async () => {
    const result = await runProcess({
      command: node,
      args: ['-e', 'setInterval(() => {}, 1000)'],
      timeoutMs: 300,
    });
    expect(result).toMatchObject({ code: null, signal: 'SIGKILL', timedOut: true });
  });

  it('does not wait for what an overrunning program left behind', async () => {
    let isGone = false;
    const result = await runProcess({
      command: '/bin/sh',
      args: ['-c', 'sleep 5 & echo begun; wait'],
      timeoutMs: 300,
      onGone: () => {
        isGone = true;
      },
    });
    expect(result).toMatchObject({ signal: 'SIGKILL', stdout: 'begun\n', timedOut: true });
    expect(isGone).toBe(true);
  });

  it('calls back with each line as it comes, and keeps what an interrupted program still says', async () => {
    const controller = new AbortController();
    const lines: string[] = [];
    const script =
      "process.on('SIGINT', () => { console.error('so far: 1'); process.exit(4); }); setInterval(() => {}, 1000); console.log('begun');";
    const result = await runProcess({
      command: node,
      args: ['-e', script],
      timeoutMs: 20_000,
      signal: controller.signal,
      onLine: (line, stream) => {
        lines.push(`${stream} ${line}`);
        if (line === 'begun') controller.abort();
      },
    });
    expect(lines).toEqual(['stdout begun', 'stderr so far: 1']);
    expect(result).toMatchObject({ code: 4, stdout: 'begun\n', stderr: 'so far: 1\n', timedOut: false });
  });

  it('kills an interrupted program that goes on', async () => {
    const controller = new AbortController();
    const script = "process.on('SIGINT', () => {}); setInterval(() => {}, 1000); console.log('begun');";
    const result = await runProcess({
      command: node,
      args: ['-e', script],
      timeoutMs: 20_000,
      signal: controller.signal,
      onLine: () => controller.abort(),
    });
    expect(result).toMatchObject({ code: null, signal: 'SIGKILL' });
  });

  it('rejects when the program does not exist', async () => {
    await expect(runProcess({ command: '/nonexistent/program', args: [], timeoutMs: 1000 })).rejects.toThrow(
      /ENOENT/,
    );
  });
});

function supervise(script: string, onState?: (state: SupervisedState) => void) {
  const lines: string[] = [];
  const child = superviseProcess({
    name: 'test',
    command: node,
    args: ['-e', script],
    logger: silentLogger(),
    output: (line) => void lines.push(line),
    backoff: { minMs: 10, maxMs: 50 },
    killAfterMs: 300,
    ...(onState ? { onState } : {}),
  });
  return { child, lines };
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('did not happen');
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
}

describe('superviseProcess', () => {
  it('starts a child again that was killed', async () => {
    const { child, lines } = supervise('console.log("up"); setInterval(() => {}, 1000)');
    child.start();
    await until(() => lines.length === 1);
    process.kill(child.pid ?? 0, 'SIGKILL');
    await until(() => lines.length === 2);
    expect(child.restarts).toBe(1);
    await child.stop();
    expect(child.state).toBe('stopped');
    expect(child.pid).toBeUndefined();
  });

  it('kills a child that ignores the stop signal', async () => {
    const { child, lines } = supervise(
      'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)',
    );
    child.start();
    await until(() => lines.length === 1);
    await child.stop();
    expect(child.state).toBe('stopped');
  });

  it('keeps trying a program that cannot be started, and stops trying when told', async () => {
    const states: SupervisedState[] = [];
    const child = superviseProcess({
      name: 'absent',
      command: '/nonexistent/program',
      args: [],
      logger: silentLogger(),
      output: () => {},
      backoff: { minMs: 5, maxMs: 10 },
      onState: (state) => void states.push(state),
    });
    child.start();
    await until(() => child.restarts >= 2);
    await child.stop();
    expect(child.state).toBe('stopped');
    const { restarts } = child;
    await new Promise((resolve) => {
      setTimeout(resolve, 60);
    });
    expect(child.restarts).toBe(restarts);
  });

  it('lets a child notice that its supervisor is gone, even by SIGKILL', async () => {
    const inner =
      'process.stdin.resume(); process.stdin.on("end", () => process.exit(0)); setInterval(() => {}, 1000)';
    const { spawn } = await import('node:child_process');
    const outer = spawn(
      node,
      [
        '-e',
        `const c = require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(inner)}], { stdio: ["pipe", "inherit", "inherit"] }); console.log(c.pid); setInterval(() => {}, 1000)`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [chunk] = (await once(outer.stdout, 'data')) as [Buffer];
    const pid = Number(chunk.toString().trim());
    outer.kill('SIGKILL');
    await until(() => {
      try {
        process.kill(pid, 0);
        return false;
      } catch {
        return true;
      }
    });
    expect(pid).toBeGreaterThan(0);
  });
});
