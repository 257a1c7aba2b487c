import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findVcsim } from './provided-tools.ts';
import { TestAuthority } from './test-authority.ts';
import { waitFor } from './wait-for.ts';

export interface VcsimOptions {
  /** Further flags of tools/vcsim: `-vms=3`. */
  readonly flags?: readonly string[];
}

/** A simulated vCenter that runs. */
export interface Vcsim {
  /** Its web service: `https://127.0.0.1:41234/sdk`. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** PEM of the authority that vouches for it. */
  readonly ca: string;
  stop(): Promise<void>;
}

const LOGIN = { username: 'reader', password: 'a "phrase" <&>' };

/** Starts a simulated vCenter on a free port of the loopback; undefined where it was not built. */
export async function startVcsim({ flags = [] }: VcsimOptions = {}): Promise<Vcsim | undefined> {
  const program = findVcsim();
  if (program === undefined) {
    process.stderr.write('skipped: the simulated vCenter is not built (npm test builds it with Go)\n');
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), 'stratora-vcsim-'));
  const authority = await TestAuthority.create('127.0.0.1');
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  await writeFile(files.cert, authority.server.cert);
  await writeFile(files.key, authority.server.key, { mode: 0o600 });
  const login = [`-username=${LOGIN.username}`, `-password=${LOGIN.password}`];
  const tls = [`-cert=${files.cert}`, `-key=${files.key}`];
  // It ends when its standard input does, with this process at the latest.
  const child = spawn(program, [...login, ...tls, ...flags], { stdio: ['pipe', 'pipe', 'pipe'] });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const gone = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.stdin.end();
    child.kill('SIGKILL');
    await gone;
    await authority.dispose();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await waitFor(() => printed.includes('/sdk\n') || child.exitCode !== null, {
      what: 'the simulated vCenter',
    });
    const url = /^https:\S+$/m.exec(printed)?.[0];
    if (url === undefined) throw new Error(`the simulated vCenter did not start: ${printed}`);
    return { url, ...LOGIN, ca: authority.ca, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
