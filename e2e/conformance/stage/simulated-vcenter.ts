import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Issued } from './certificates.ts';
import { STAGE } from './private-host.ts';

const PORT = 8989;

/** The vCenter of the stage, as a config names it. */
export const VCENTER = {
  url: `https://web.test:${PORT}/sdk`,
  username: 'reader@stage.test',
  password: 'a "phrase" <&> $1',
} as const;

/** Writes the certificate that the vCenter shows, with those above it. */
export function writeVcenterCertificate(folder: string, own: Issued, above: readonly Issued[]): void {
  const { cert, key } = filesIn(folder);
  writeFileSync(cert, [own, ...above].map(({ pem }) => pem).join('\n'));
  writeFileSync(key, own.keyPem);
}

/**
 * Starts it, when its certificate is there.
 *
 * @param program of tools/vcsim
 * @returns a function that stops it
 */
export async function startVcenter(folder: string, program: string): Promise<() => void> {
  const { cert, key } = filesIn(folder);
  const { username, password } = VCENTER;
  const flags = { listen: `${STAGE.web}:${PORT}`, cert, key, username, password, pools: 1, steady: true };
  const child: ChildProcess = spawn(
    program,
    Object.entries(flags).map(([name, value]) => `-${name}=${value}`),
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  // It prints its address when it listens.
  if (child.stdout) await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  if (child.exitCode !== null) throw new Error(`the simulated vCenter ended with ${child.exitCode}`);
  return () => child.kill('SIGKILL');
}

function filesIn(folder: string): { cert: string; key: string } {
  return { cert: join(folder, 'vcenter.pem'), key: join(folder, 'vcenter-key.pem') };
}
