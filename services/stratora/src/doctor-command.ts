import { fileURLToPath } from 'node:url';
import { examineInstallation, findInstallation, readLaunchOptions } from '@stratora/launcher';
import { checkDatabase } from './database-check.ts';
import { VERSION } from './version.ts';

export const DOCTOR_HELP = `Checks this installation and the system that runs on its data directory, and says what to do.

Usage: stratora doctor [--json] [options of up]

  --json        one JSON document: { healthy, version, findings: [{ subject, state, detail, advice? }], system }
                (system: what ready.json says of the running one, or null)
  --data-dir DIR, --host ADDR, --https-port N and the other options of "stratora up --help", with their variables

It starts and changes nothing. Exit codes: 0 no fault, 1 a fault, 2 an unknown option.
`;

const MARKS = { ok: '  ok   ', warning: 'warning', fault: ' FAULT ' };

/** Runs `stratora doctor [--json] [options of up]`: checks what `up` would find, and what runs. */
export async function runDoctorCommand(args: readonly string[]): Promise<number> {
  const asJson = args.includes('--json');
  const rest = args.filter((arg) => arg !== '--json');
  const options = readLaunchOptions(rest, process.env, process.cwd());
  if (options === 'help') return 0;
  const installation = findInstallation(fileURLToPath(import.meta.url), VERSION);
  const environment = process.env;
  const { findings, system } = await examineInstallation({
    options,
    installation,
    environment,
    checkDatabase,
  });
  const healthy = findings.every((finding) => finding.state !== 'fault');
  if (asJson) {
    process.stdout.write(
      `${JSON.stringify({ healthy, version: VERSION, findings, system: system ?? null })}\n`,
    );
    return healthy ? 0 : 1;
  }
  for (const { state, subject, detail, advice } of findings) {
    process.stdout.write(`${MARKS[state]}  ${subject}: ${detail}\n${advice ? `           ${advice}\n` : ''}`);
  }
  return healthy ? 0 : 1;
}
