import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/test-run/longest-first.ts';

// Five kinds of test, told apart by their names: pure (*.test.ts), on a real PostgreSQL (*.db.test.ts), end to end with
// real processes (e2e/), the same with many of them or with measured times (e2e/fleet/), and the embedded engine beside
// real Telegraf (e2e/conformance/). Conformance has the machine to itself. Files of the first two share a worker's
// modules, which saves half of their CPU time: what a module keeps, a test must not rely on. All wait for other
// processes much of the time, hence more workers than a small machine has cores. The kinds run one after the other, and in
// each the files that wait longest begin first. Networks are made in `fleet` alone, browsers run in `e2e` alone: a browser
// breaks off what it loads when a network comes or goes.
// The tests of a VictoriaMetrics cluster need one, and no module proxy serves its source: see CONTRIBUTING.md.
const withoutCluster = process.env['STRATORA_VMCLUSTER_DIR']
  ? []
  : ['**/victoriametrics/src/cluster.test.ts'];

const END_TO_END_WORKERS = 4;

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          sequence: { groupOrder: 1 },
          include: [
            '{packages,services}/*/src/**/*.test.ts',
            'web/src/**/*.test.{ts,tsx}',
            'scripts/**/*.test.ts',
            'bench/**/*.test.ts',
          ],
          exclude: ['**/*.db.test.ts', '**/node_modules/**', ...withoutCluster],
          isolate: false,
          maxWorkers: 4,
          testTimeout: 40_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'db',
          sequence: { groupOrder: 2 },
          include: ['packages/*/src/**/*.db.test.ts'],
          globalSetup: ['packages/testkit/src/database-setup.ts'],
          isolate: false,
          maxWorkers: 4,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          sequence: { groupOrder: 3 },
          include: ['e2e/*.test.ts'],
          maxWorkers: END_TO_END_WORKERS,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'fleet',
          sequence: { groupOrder: 4 },
          include: ['e2e/fleet/**/*.test.ts'],
          maxWorkers: END_TO_END_WORKERS,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'conformance',
          sequence: { groupOrder: 5 },
          include: ['e2e/conformance/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
