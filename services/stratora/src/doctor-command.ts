import { fileURLToPath } from 'node:url';
import { examineInstallation, findInstallation, readLaunchOptions, UP_HELP } from '@stratora/launcher';
import { VERSION } from './version.ts';

const MARKS = { ok: '  ok   ', warning: 'warning', fault: ' FAULT ' };

/** Runs `stratora doctor [--json] [options of up]`: checks what `up` would find. */
export async function runDoctorCommand(args: readonly string[]): Promise<number> {
  const asJson = args.includes('--json');
  const rest = args.filter((arg) => arg !== '--json');
  const options = readLaunchOptions(rest, process.env, process.cwd());
  if (options === 'help') {
    process.stdout.write(`stratora doctor [--json] [options of up]\n\n${UP_HELP}`);
    return 0;
  }
  const installation = findInstallation(fileURLToPath(import.meta.url), VERSION);
  const findings = await examineInstallation(options, installation, process.env);
  const healthy = findings.every((finding) => finding.state !== 'fault');
  if (asJson) {
    process.stdout.write(`${JSON.stringify({ healthy, version: VERSION, findings })}\n`);
    return healthy ? 0 : 1;
  }
  for (const { state, subject, detail, advice } of findings) {
    process.stdout.write(`${MARKS[state]}  ${subject}: ${detail}\n${advice ? `           ${advice}\n` : ''}`);
  }
  return healthy ? 0 : 1;
}
