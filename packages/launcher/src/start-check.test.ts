import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readLaunchOptions } from './launch-options.ts';
import { checkStart, prepareDataDirectory } from './start-check.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'start-check-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function refusal(environment: Record<string, string>, database?: string): Promise<string> {
  const all = { STRATORA_DATA_DIR: join(folder, 'data'), PATH: '/bin', ...environment };
  const options = readLaunchOptions([], all, folder);
  if (options === 'help') throw new Error('unexpected help');
  try {
    await prepareDataDirectory(options.dataDir);
    await checkStart(options, all, () => Promise.resolve(database));
  } catch (error) {
    return (error as Error).message;
  }
  return 'may start';
}

it('lets a start go on with nothing but defaults, and with a good password', async () => {
  expect(await refusal({})).toBe('may start');
  expect(await refusal({ STRATORA_ADMIN_PASSWORD: 'Correct-Horse-9' })).toBe('may start');
});

it('names the data directory that cannot be made', async () => {
  await writeFile(join(folder, 'file'), '');
  expect(await refusal({ STRATORA_DATA_DIR: join(folder, 'file/data') })).toMatch(
    /^--data-dir .*file is not a folder/,
  );
});

it('names the tool cache that cannot be made', async () => {
  await writeFile(join(folder, 'file'), '');
  expect(await refusal({ STRATORA_TOOL_CACHE: join(folder, 'file/tools') })).toContain(
    'file is not a folder',
  );
});

it('says what is wrong with the database of DATABASE_URL, and asks no other', async () => {
  const away = 'PostgreSQL at h:5432 does not answer: nothing listens there.';
  expect(await refusal({ DATABASE_URL: 'postgres://u:secret@h/d' }, away)).toBe(`DATABASE_URL: ${away}`);
  expect(await refusal({}, away)).toBe('may start');
});

it.each(['STRATORA_VICTORIA_METRICS_BIN', 'STRATORA_NGINX_BIN', 'STRATORA_TELEGRAF_BIN'])(
  '%s that names no program is refused',
  async (name) => {
    expect(await refusal({ [name]: join(folder, 'nothing') })).toContain(`${name} names ${folder}`);
  },
);

it('a system may be told to use no Telegraf', async () => {
  expect(await refusal({ STRATORA_TELEGRAF_BIN: 'none' })).toBe('may start');
});

it('a program that is not VictoriaMetrics is refused', async () => {
  const path = join(folder, 'true');
  await writeFile(path, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  expect(await refusal({ STRATORA_VICTORIA_METRICS_BIN: path })).toContain('which is no VictoriaMetrics');
});

it('a first password that is easy to guess is refused, unless the users are there already', async () => {
  const weak = { STRATORA_ADMIN_PASSWORD: 'passwordpassword' };
  const words =
    '--admin-password (STRATORA_ADMIN_PASSWORD) must not be the same few characters again and again.';
  expect(await refusal(weak)).toBe(words);
  expect(await refusal({ STRATORA_ADMIN_PASSWORD: 'administrator1' })).toContain('--admin-password');
  await mkdir(join(folder, 'data/postgres'), { recursive: true });
  await writeFile(join(folder, 'data/postgres/PG_VERSION'), '17\n');
  expect(await refusal(weak)).toBe('may start');
  expect(await refusal({ ...weak, DATABASE_URL: 'postgres://h/d' })).toBe(words);
});
