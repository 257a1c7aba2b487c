import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CheckedFile } from './checked-file.ts';

interface Note {
  text: string;
}
const isNote = (value: unknown): value is Note => typeof (value as Partial<Note> | null)?.text === 'string';

let directory: string;
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'checked-test-'));
  path = join(directory, 'note.json');
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

test('both files are for their owner alone', async () => {
  await new CheckedFile(path, isNote).write({ text: 'a' });
  for (const name of [path, `${path}.copy`]) expect((await stat(name)).mode & 0o777).toBe(0o600);
});

test('any flipped byte or truncation of one of the two is found and mended from the other', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.boolean(),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.integer({ min: 1, max: 255 }),
      async (hitCopy, cut, share, mask) => {
        const file = new CheckedFile(path, isNote);
        await file.write({ text: 'the value' });
        const target = hitCopy ? file.copyPath : path;
        const bytes = await readFile(target);
        const at = Math.floor(share * bytes.length);
        if (cut) await truncate(target, at);
        else {
          bytes[at] = (bytes[at] ?? 0) ^ mask;
          await writeFile(target, bytes);
        }
        const found = await file.read();
        expect(found.value).toEqual({ text: 'the value' });
        expect(found.damaged).toEqual([target]);
        expect(await readFile(path)).toEqual(await readFile(file.copyPath));
      },
    ),
    { numRuns: 100 },
  );
});

test('killed between the two writes, the newer value wins', async () => {
  const file = new CheckedFile(path, isNote);
  await file.write({ text: 'old' });
  const old = await readFile(path);
  await file.write({ text: 'new' });
  await writeFile(file.copyPath, old);
  expect((await file.read()).value).toEqual({ text: 'new' });
  await rm(path);
  expect((await file.read()).value).toEqual({ text: 'new' });
});

test('a value of another shape counts as damage', async () => {
  await new CheckedFile(path, (_value): _value is unknown => true).write({ other: 1 });
  const found = await new CheckedFile(path, isNote).read();
  expect(found).toMatchObject({ value: undefined, source: 'none' });
  expect(found.damaged).toHaveLength(2);
});
