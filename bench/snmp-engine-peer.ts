import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SOURCES = ['go.mod', 'go.sum', 'main.go'];
const FOLDER = path.join(import.meta.dirname, 'gosnmp-peer');
/** Options of Go's runs: where GOTOOLCHAIN is local, as distributions set it, an older Go refuses the module. */
const IN_MODULE = { cwd: FOLDER, env: { ...process.env, GOTOOLCHAIN: 'auto' } };

/** Builds the poller on gosnmp by the Go tool chain when its sources have changed. Rejects where there is no Go. */
export async function buildPeer(): Promise<{
  readonly file: string;
  readonly version: string;
  readonly go: string;
}> {
  const texts = await Promise.all(SOURCES.map((name) => readFile(path.join(FOLDER, name), 'utf8')));
  const go = await goVersion();
  const digest = createHash('sha256')
    .update(`${go}\n${texts.join('\n')}`)
    .digest('hex')
    .slice(0, 16);
  const file = path.join(tmpdir(), `stratora-gosnmp-peer-${digest}`);
  const isBuilt = await access(file).then(
    () => true,
    () => false,
  );
  if (!isBuilt)
    await run('go', ['build', '-mod=readonly', '-o', file, '.'], { ...IN_MODULE, timeout: 600_000 });
  return { file, go, version: /gosnmp v(\S+)/.exec(texts[0] ?? '')?.[1] ?? 'unknown' };
}

async function goVersion(): Promise<string> {
  try {
    return (await run('go', ['env', 'GOVERSION'], IN_MODULE)).stdout.trim();
  } catch (error) {
    throw new Error(
      'gosnmp, a peer of this bench, is built by Go, which is not on PATH: install Go 1.21 or newer, which fetches what it lacks',
      { cause: error },
    );
  }
}
