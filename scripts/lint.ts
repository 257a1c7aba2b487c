import { spawnSync } from 'node:child_process';

// All three always run, so that one run shows everything.
const checks: { name: string; args: string[] }[] = [
  { name: 'oxlint', args: ['node_modules/oxlint/bin/oxlint', '--deny-warnings'] },
  { name: 'biome', args: ['node_modules/@biomejs/biome/bin/biome', 'check', '.'] },
  { name: 'structure', args: ['scripts/check-structure.ts'] },
];

let failed = false;
for (const { name, args } of checks) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  console.log(`${name}: ${status === 0 ? 'clean' : 'see above'}`);
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;
