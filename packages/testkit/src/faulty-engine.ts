// Runs in front of an engine and passes everything on, until a config holds the text of STRATORA_TEST_ENGINE_MARKER:
// then it does what STRATORA_TEST_ENGINE_FAULT says. The engine is the command in STRATORA_TEST_ENGINE, a JSON array.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { onStopRequest } from '@stratora/runtime';

const [program = '', ...leading] = JSON.parse(process.env['STRATORA_TEST_ENGINE'] ?? '[]') as string[];
const fault = process.env['STRATORA_TEST_ENGINE_FAULT'];
const marker = process.env['STRATORA_TEST_ENGINE_MARKER'] ?? '';
const lateMs = Number(process.env['STRATORA_TEST_ENGINE_LATE_MS'] ?? 30_000);
const args = process.argv.slice(2);
const configFile = args[args.indexOf('--config') + 1] ?? '';
let engine: ChildProcess | undefined;

function isFaulty(): boolean {
  return args.includes('--config') && readFileSync(configFile, 'utf8').includes(marker);
}

function start(): void {
  engine = spawn(program, [...leading, ...args], { stdio: ['pipe', 'inherit', 'inherit'] });
  engine.once('exit', (code) => process.exit(code ?? 1));
}

async function end(): Promise<void> {
  const child = engine;
  if (!child) return;
  child.removeAllListeners('exit');
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  child.kill('SIGTERM');
  await gone;
}

/** Runs a config with the marker, or fails to. */
async function misbehave(): Promise<void> {
  if (fault === 'exits-late') {
    if (engine) engine.kill('SIGHUP');
    else start();
    setTimeout(() => process.exit(1), lateMs);
    return;
  }
  await end();
  if (fault === 'exits') process.exit(1);
  if (fault === 'hangs') process.kill(process.pid, 'SIGSTOP');
  // A silent engine runs and does nothing.
}

if (args.includes('check')) {
  if (isFaulty() && fault === 'check-hangs') process.kill(process.pid, 'SIGSTOP');
  if (isFaulty() && fault === 'refuses') {
    process.stderr.write('this engine does not like the config\n');
    process.exit(1);
  }
  process.exit(spawnSync(program, [...leading, ...args], { stdio: 'inherit' }).status ?? 1);
}
if (!args.includes('--config')) {
  process.exit(spawnSync(program, [...leading, ...args], { stdio: 'inherit' }).status ?? 1);
}
onStopRequest(process, () => void end().then(() => process.exit(0)));
process.on('SIGHUP', () => {
  if (isFaulty()) void misbehave();
  else engine?.kill('SIGHUP');
});
// Keeps this process running when there is no engine behind it.
setInterval(() => {}, 60_000);
if (isFaulty()) void misbehave();
else start();
