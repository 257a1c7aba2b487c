import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkConfig } from '@stratora/engine';
import { runProcess } from '@stratora/runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONFIG_TEXTS, type ConfigText } from './cases/config-texts.ts';
import { findTelegraf } from './stage/stage-runner.ts';

const telegraf = await findTelegraf();
/** Output that is added to the server's configs, which have none; Telegraf needs one to run, not to check. */
const OUTPUT = '\n[[outputs.discard]]\n';

describe.skipIf(telegraf === undefined)('what a telegraf.conf may say', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stratora-config-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function telegrafAccepts(text: string): Promise<boolean> {
    const file = join(folder, 'telegraf.conf');
    await writeFile(file, text + OUTPUT);
    const { code } = await runProcess({
      command: telegraf ?? '',
      args: ['config', 'check', '--strict-env-handling', '--config', file],
      env: { PATH: process.env['PATH'], HOME: folder },
      timeoutMs: 30_000,
    });
    return code === 0;
  }

  async function embeddedAccepts(text: string): Promise<boolean> {
    return checkConfig(text).then(
      () => true,
      () => false,
    );
  }

  test.each(CONFIG_TEXTS)('$verdict: $name', async ({ text, verdict, reason }) => {
    const found: ConfigText['verdict'] = verdictOf(await telegrafAccepts(text), await embeddedAccepts(text));
    expect(found).toBe(verdict);
    if (found.startsWith('only')) expect(reason).toBeTruthy();
  });
});

function verdictOf(telegrafDoes: boolean, embeddedDoes: boolean): ConfigText['verdict'] {
  if (telegrafDoes) return embeddedDoes ? 'both accept' : 'only Telegraf accepts';
  return embeddedDoes ? 'only embedded accepts' : 'both refuse';
}
