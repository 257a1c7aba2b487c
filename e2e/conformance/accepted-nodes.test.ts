import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProcess } from '@stratora/runtime';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  acceptedNode,
  rowOf,
  sentNode,
  targetFor,
} from '../../packages/server/src/components/config-render/accepted-nodes.test-support.ts';
import { renderConfigText } from '../../packages/server/src/components/config-render/config-text.ts';
import { findTelegraf } from './stage/stage-runner.ts';

const telegraf = await findTelegraf();
const component = {
  id: 'c1',
  type: 'collector' as const,
  hostname: 'hall-3',
  engineChoice: 'telegraf' as const,
};
const ROUNDS = 5;
const SENT = 2000;

describe.skipIf(telegraf === undefined)(
  'nodes of every kind, in the config of a collector with Telegraf',
  () => {
    let folder: string;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'stratora-nodes-'));
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    /** Returns what Telegraf says against a text; nothing where it takes it. */
    async function complaintOf(text: string): Promise<string> {
      const file = join(folder, 'telegraf.conf');
      await writeFile(file, `${text}\n[[outputs.discard]]\n`);
      const { code, stdout, stderr } = await runProcess({
        command: telegraf ?? '',
        args: ['config', 'check', '--strict-env-handling', '--config', file],
        env: { PATH: process.env['PATH'], HOME: folder },
        timeoutMs: 60_000,
      });
      return code === 0 ? '' : `${stdout}${stderr}`;
    }

    const sent = (seed: number) =>
      fc
        .sample(sentNode, { seed, numRuns: SENT })
        .filter(({ snmp_port: port }) => port >= 1 && port <= 65_535);

    test.each(Array.from({ length: ROUNDS }, (_, index) => index))(
      'what the API accepts is taken (round %i)',
      async (seed) => {
        const nodes = sent(seed)
          .map((one, index) => acceptedNode(one, `n${index}`))
          .filter((node) => node !== undefined);
        expect(nodes.length).toBeGreaterThan(100);
        const { text, leftOut } = renderConfigText(component, nodes.map(targetFor));
        // A name that Telegraf would take for a secret.
        expect(leftOut.filter(({ reason }) => !reason.includes('secret store'))).toEqual([]);
        expect(await complaintOf(text.toString())).toBe('');
      },
      120_000,
    );

    test('what was in the database before takes no other node along', async () => {
      const rows = sent(99).map((one, index) => targetFor(rowOf(one, `n${index}`)));
      const { text, leftOut } = renderConfigText(component, rows);
      expect(leftOut.length).toBeGreaterThan(100);
      expect(await complaintOf(text.toString())).toBe('');
    }, 120_000);
  },
);
