/**
 * The tests that prove a promise at its full size, with those sizes. They cost an hour and
 * rarely break: `npm test` runs the same files on a small sample.
 */
export const DEEP_SIZES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'e2e/fleet/random-kills.test.ts': { STRATORA_TEST_KILLS: '50' },
  'e2e/fleet/leader-changes.test.ts': { STRATORA_TEST_LEADERS_LOST: '20' },
  'e2e/fleet/discovery-kills.test.ts': { STRATORA_TEST_SCAN_KILLS: '50' },
  'e2e/fleet/notice-kills.test.ts': { STRATORA_TEST_NOTICE_KILLS: '100' },
  'e2e/fleet/hostile-plant.test.ts': {
    STRATORA_TEST_PLANT_DEVICES: '500',
    STRATORA_TEST_PLANT_INTERVALS: '30',
  },
  'e2e/fleet/segmented-sites.test.ts': {
    STRATORA_TEST_DAY_LINES: '10000',
    STRATORA_TEST_OFFLINE_SECONDS: '60',
  },
  'e2e/outage.test.ts': { STRATORA_TEST_OUTAGE_SECONDS: '300' },
  'e2e/fleet/damaged-state.test.ts': { STRATORA_TEST_DAMAGE_ROUNDS: '5' },
  'packages/server/src/components/enrollment/registration-races.db.test.ts': { STRATORA_TEST_RACERS: '100' },
  'packages/server/src/judge/trials/backtest-reality.db.test.ts': { STRATORA_TEST_RECORDED_ROUNDS: '7' },
  'packages/server/src/api-fuzz.db.test.ts': { STRATORA_TEST_FUZZ_CALLS: '1000' },
  'e2e/ingest-refusals.test.ts': { STRATORA_TEST_ENDLESS_TRIES: '20' },
  'e2e/store-away.test.ts': { STRATORA_TEST_WRONG_URLS: 'write,query' },
  'e2e/fleet/powered-off.test.ts': { STRATORA_TEST_POWER_SETTINGS: 'fast,default' },
  'e2e/fleet/kill-and-failure.test.ts': { STRATORA_TEST_ENGINE_LATE_SECONDS: '30' },
};

/** Returns all sizes of the deep run; those that the environment sets already stay, for an even deeper run. */
export function deepEnvironment(given: NodeJS.ProcessEnv): Record<string, string> {
  const sizes = Object.assign({}, ...Object.values(DEEP_SIZES)) as Record<string, string>;
  return Object.fromEntries(Object.entries(sizes).filter(([name]) => given[name] === undefined));
}

/** Lists the files of the deep run whose path contains one of the filters; all of them without a filter. */
export function deepFiles(filters: readonly string[]): string[] {
  const files = Object.keys(DEEP_SIZES);
  return filters.length === 0
    ? files
    : files.filter((file) => filters.some((filter) => file.includes(filter)));
}
