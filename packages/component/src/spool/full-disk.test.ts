import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SPOOL = new URL('./spool.ts', import.meta.url).href;
const RUNTIME = new URL('../../../runtime/src/index.ts', import.meta.url).href;

/**
 * Program for a tmpfs of 2 MiB that it believes to be roomy: appends what does not pack until the disk is full, then
 * checks that the newest lines are there, whole, after another start.
 */
const FILL = `
  import { randomBytes } from 'node:crypto';
  import { gunzipSync } from 'node:zlib';
  const { Spool, SpoolFullError } = await import(${JSON.stringify(SPOOL)});
  const { silentLogger } = await import(${JSON.stringify(RUNTIME)});
  const open = () => Spool.open({
    directory: process.argv[1] + '/spool', maxBytes: 1e9, segmentBytes: 200000, logger: silentLogger(),
    diskSpace: async () => ({ freeBytes: 1e12, totalBytes: 2e12 }),
  });
  let spool = await open();
  let refused = 0;
  for (let n = 0; n < 100; n += 1) {
    const line = 'm,x=' + randomBytes(50000).toString('base64url') + ' v=' + n + 'i ' + n + '\\n';
    await spool.append(Buffer.from(line)).catch((error) => {
      if (!(error instanceof SpoolFullError)) throw error;
      refused += 1;
    });
  }
  const dropped = spool.state.droppedLines;
  await spool.close();
  spool = await open();
  const numbers = [];
  for (let batch = await spool.read('backlog', 1e6); batch; batch = await spool.read('backlog', 1e6)) {
    const text = gunzipSync(Buffer.concat(batch.payloads)).toString();
    numbers.push(...[...text.matchAll(/ v=(\\d+)i/g)].map((match) => Number(match[1])));
    spool.acknowledge('backlog', batch.range, 'e');
  }
  console.log(JSON.stringify({ numbers, dropped, refused, damaged: spool.state.damagedRecords }));
  await spool.close();
`;

test('on a disk that is really full the oldest goes, the newest stays, and no file is damaged', async ({
  skip,
}) => {
  const directory = await mkdtemp(join(tmpdir(), 'full-disk-'));
  const command = `mount -t tmpfs -o size=2m tmpfs "$1" && exec "$2" --input-type=module -e "$3" "$1"`;
  const result = spawnSync(
    'unshare',
    ['--user', '--map-root-user', '--mount', 'sh', '-c', command, 'sh', directory, process.execPath, FILL],
    { encoding: 'utf8', timeout: 20_000 },
  );
  await rm(directory, { recursive: true, force: true });
  skip(Boolean(result.error) || /unshare:|mount:/.test(result.stderr), 'no tmpfs can be mounted here');
  const found = JSON.parse(result.stdout) as Record<'numbers', number[]> &
    Record<'dropped' | 'refused', number>;
  expect(found).toMatchObject({ refused: 0, damaged: 0 });
  expect(found.dropped).toBeGreaterThan(50);
  expect(found.numbers.at(-1)).toBe(99);
  expect(found.numbers.length + found.dropped).toBe(100);
});
