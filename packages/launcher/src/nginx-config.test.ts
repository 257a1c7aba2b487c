import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProcess } from '@stratora/runtime';
import { describe, expect, it } from 'vitest';
import { findNginx } from './nginx-binary.ts';
import { type NginxConfigOptions, renderNginxConfig } from './nginx-config.ts';
import { ensureCertificates } from './server-certificate.ts';

const OPTIONS: NginxConfigOptions = {
  host: '127.0.0.1',
  port: 8443,
  backendPorts: [20_001, 20_002],
  certificateFile: '/data/tls/server.crt',
  keyFile: '/data/tls/server.key',
  webDir: '/opt/strat ora/web',
  workDir: '/data/nginx',
  proxySecret: 'a1b2c3',
  workers: 2,
  version: '1.22.1',
};

describe('renderNginxConfig', () => {
  it('is what was looked at', async () => {
    await expect(renderNginxConfig(OPTIONS)).toMatchFileSnapshot('testcases/nginx.conf');
  });

  it('names IPv6 in brackets and uses the directive of newer versions', () => {
    const text = renderNginxConfig({ ...OPTIONS, host: '::', version: '1.27.3' });
    expect(text).toContain('listen [::]:8443 ssl reuseport;\n    http2 on;');
    expect(renderNginxConfig(OPTIONS)).not.toContain('http2 on;');
  });

  it('refuses a path that could end its string', () => {
    for (const webDir of ['/a"; return 200;', '/a$uri', '/a\\b', '/a\nb', '/a{b']) {
      expect(() => renderNginxConfig({ ...OPTIONS, webDir })).toThrow('nginx cannot take the path');
    }
  });

  it('is accepted by the nginx of this host', async (test) => {
    const nginx = await findNginx(undefined, process.env['PATH'] ?? '');
    if (nginx === undefined) return test.skip('no nginx here');
    const folder = await mkdtemp(join(tmpdir(), 'stratora-nginx-'));
    try {
      const tls = await ensureCertificates(folder, { dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] });
      const config = { ...OPTIONS, ...tls, webDir: folder, workDir: folder, version: nginx.version };
      const file = join(folder, 'nginx.conf');
      await writeFile(file, renderNginxConfig(config));
      const args = ['-t', '-e', 'stderr', '-p', folder, '-c', file];
      const result = await runProcess({ command: nginx.path, args, timeoutMs: 10_000 });
      expect(result.stderr).toContain('test is successful');
      expect(result.stderr).not.toContain('[warn]');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
