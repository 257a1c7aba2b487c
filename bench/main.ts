import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { provideStore } from '@stratora/testkit';

/** The exports of a benchmark file: `run` starts its peer, the load and the project, and returns the result. */
interface Bench {
  run(): Promise<void>;
}

/** Pattern of the export that makes a file here a benchmark; the others are parts of one. */
const EXPORTS_RUN = /^export (?:async function|const) run\b/m;

const folder = import.meta.dirname;
const known = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .filter((file) => EXPORTS_RUN.test(readFileSync(join(folder, file), 'utf8')))
  .map((file) => file.slice(0, -3));

const wanted = process.argv.slice(2).filter((arg) => arg !== '--');
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. Known: ${known.join(', ')}.`);
  process.exit(2);
}

// Nearly every benchmark writes into the real store; a new machine has none in its tool cache yet.
await provideStore();

let failed = 0;
for (const name of wanted.length > 0 ? wanted : known) {
  console.log(`\n--- ${name}`);
  try {
    const bench = (await import(pathToFileURL(join(folder, `${name}.ts`)).href)) as Partial<Bench>;
    if (!bench.run) throw new Error(`bench/${name}.ts exports no run()`);
    await bench.run();
  } catch (error) {
    failed += 1;
    console.error(`${name} failed: ${error instanceof Error ? error.stack : String(error)}`);
  }
}
process.exit(failed === 0 ? 0 : 1);
