import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultToolCacheDir, locateTelegraf } from '@stratora/launcher';
import { runProcess } from '@stratora/runtime';
import { componentOutput, type InputBlock, writeConfig } from '@stratora/telegraf';
import { waitFor } from '@stratora/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anyText } from '../packages/telegraf/src/any-text.test-support.ts';

const GOLDEN = new URL('../packages/server/src/components/config-render/testcases/', import.meta.url);
const telegraf = await locateTelegraf({
  binary: process.env['STRATORA_TELEGRAF_BIN'],
  searchPath: process.env['PATH'] ?? '',
  cacheDir: process.env['STRATORA_TOOL_CACHE'] || defaultToolCacheDir(process.env),
});
if (telegraf === undefined) process.stderr.write('skipped: there is no Telegraf on this machine\n');

/** Environment of Telegraf, whose values would appear in a text if it expanded variables. */
const ENVIRONMENT = { HOME: '/expanded-home', PATH: '/expanded-path', X: 'expanded-x', id: 'expanded-id' };
const TEXTS = 150;
const AGENTS = 40;

const wellFormed = anyText.filter((text) => text.isWellFormed());
const tagTexts = fc.sample(wellFormed, TEXTS);
/** Communities are never empty. Only other options cannot hold the text of a secret store reference literally. */
const communities = fc.sample(
  wellFormed.filter((text) => text !== '' && Buffer.byteLength(text) <= 255),
  AGENTS,
);

/**
 * Escapes a tag's value like Telegraf's line protocol serializer: trailing backslashes go, an empty one is left out.
 */
function escaped(text: string): string {
  return text
    .replace(/\\+$/, '')
    .replaceAll('\t', String.raw`\t`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\f', String.raw`\f`)
    .replaceAll('\r', String.raw`\r`)
    .replace(/[, =]/g, String.raw`\$&`);
}

describe.skipIf(telegraf === undefined)('the real Telegraf (skipped where there is none)', () => {
  let folder: string;
  const program = telegraf?.path ?? '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stratora-text-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function check(text: string, ...more: string[]): Promise<string> {
    const file = join(folder, 'check.conf');
    await writeFile(file, text);
    const args = ['config', 'check', '--config', file, ...more];
    const result = await runProcess({ command: program, args, env: ENVIRONMENT, timeoutMs: 60_000 });
    return result.code === 0 ? '' : `${result.stderr}${result.stdout}`;
  }

  it('accepts what is rendered for agents on Linux and for collectors', async () => {
    const files = (await readdir(GOLDEN)).filter((name) => !name.startsWith('windows'));
    expect(files.length).toBeGreaterThan(1);
    for (const name of files) {
      const text = await readFile(new URL(name, GOLDEN), 'utf8');
      const output = writeConfig({
        agent: {},
        globalTags: {},
        inputs: [],
        outputs: [componentOutput('unix:///nonexistent/intake.sock')],
      }).replace('[agent]\n', '');
      expect({ name, fault: await check(`${text}\n${output}`) }).toEqual({ name, fault: '' });
    }
  });

  it('would put its environment into a text that is not written so', async () => {
    const file = join(folder, 'plain.conf');
    await writeFile(file, '[[outputs.discard]]\n[[inputs.mem]]\n[inputs.mem.tags]\ntext = "$HOME ${X}"\n');
    const args = ['--config', file, '--test'];
    const { stdout } = await runProcess({ command: program, args, env: ENVIRONMENT, timeoutMs: 60_000 });
    expect(stdout).toContain(String.raw`text=/expanded-home\ expanded-x`);
  });

  describe.each([
    ['with strict handling of its environment', [] as string[]],
    ['without it', ['--non-strict-env-handling']],
  ])('%s', (_, flags) => {
    let child: ChildProcess | undefined;
    let intake: Server;
    let device: Socket;
    const datagrams: Buffer[] = [];
    let log = '';
    let body = '';

    beforeAll(async () => {
      intake = createServer((request, response) => {
        request.setEncoding('utf8');
        request.on('data', (chunk: string) => {
          body += chunk;
        });
        request.on('end', () => response.writeHead(204).end());
      });
      intake.listen(0, '127.0.0.1');
      await once(intake, 'listening');
      device = createSocket('udp4');
      device.on('message', (message) => datagrams.push(message));
      device.bind(0, '127.0.0.1');
      await once(device, 'listening');
      const inputs: InputBlock[] = [
        ...tagTexts.map((text, index) => ({
          plugin: 'linux_sysctl_fs',
          alias: `a${text}`,
          options: {},
          tags: { number: String(index), text },
          filters: { fieldInclude: ['file-nr'] },
        })),
        ...communities.map((community) => ({
          plugin: 'snmp',
          options: {
            agents: [`udp://127.0.0.1:${device.address().port}`],
            version: 2,
            community,
            timeout: '1s',
            retries: 0,
            field: [{ name: 'up', oid: '.1.3.6.1.2.1.1.3.0' }],
          },
          tags: { text: community },
        })),
      ];
      const conf = writeConfig({
        agent: { intervalMs: 1000, flushIntervalMs: 1000, omitHostname: true },
        globalTags: { site: 'a $HOME ${X} "b"' },
        inputs,
        outputs: [componentOutput(`http://127.0.0.1:${(intake.address() as AddressInfo).port}`)],
      });
      expect(await check(conf, ...flags)).toBe('');
      const file = join(folder, 'run.conf');
      await writeFile(file, conf);
      child = spawn(program, ['--config', file, ...flags], {
        env: ENVIRONMENT,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      child.stderr?.on('data', (chunk: Buffer) => {
        log += chunk.toString();
      });
      await waitFor(() => (body.match(/,number=/g)?.length ?? 0) >= TEXTS && datagrams.length >= AGENTS, {
        timeoutMs: 90_000,
        what: 'data of all blocks',
      });
    });
    afterAll(async () => {
      if (child !== undefined && child.exitCode === null) {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }
      device.close();
      intake.closeAllConnections();
      intake.close();
    });

    it('has the plugins of the model and no others', () => {
      expect(/Loaded inputs: (.*)/.exec(log)?.[1]?.trim()).toBe(
        `linux_sysctl_fs (${TEXTS}x) snmp (${AGENTS}x)`,
      );
      expect(/Loaded outputs: (.*)/.exec(log)?.[1]?.trim()).toBe('influxdb');
      expect(/Loaded processors:(.*)/.exec(log)?.[1]?.trim()).toBe('');
    });

    it('writes every text as it is into tags', () => {
      const lines = body.split('\n');
      for (const [number, text] of tagTexts.entries()) {
        const value = escaped(text);
        const tags = `,number=${number},site=${escaped('a $HOME ${X} "b"')}${value === '' ? '' : `,text=${value}`} `;
        const found = lines.some((line) => line.startsWith(`linux_sysctl_fs${tags}`));
        expect({ text, found }).toEqual({ text, found: true });
      }
      expect(body).not.toContain('expanded-');
    });

    it('sends every login as it is to the device', () => {
      for (const community of communities) {
        const found = datagrams.some((datagram) => datagram.includes(Buffer.from(community)));
        expect({ community, found }).toEqual({ community, found: true });
      }
    });
  });
});
