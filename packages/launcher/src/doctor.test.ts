import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { examineInstallation } from './doctor.ts';
import { findInstallation } from './installation.ts';
import { readLaunchOptions } from './launch-options.ts';

it('an examination names a foreign store and tells no password', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stratora-doctor-'));
  try {
    const environment = {
      ...process.env,
      STRATORA_METRICS_WRITE_URL: 'http://writer:not-to-be-told@store.example.net:8480/insert/0/influx',
      STRATORA_METRICS_READ_URL: 'http://reader:not-to-be-told@store.example.net:8481/select/0/prometheus',
    };
    const options = readLaunchOptions(['--data-dir', folder], environment, folder);
    if (options === 'help') throw new Error('no help was asked for');
    const { findings, system } = await examineInstallation({
      options,
      installation: findInstallation(import.meta.filename, '1.0.0'),
      environment,
      checkDatabase: () => Promise.resolve(undefined),
    });
    expect(system).toBeUndefined();
    expect(findings.find(({ subject }) => subject === 'VictoriaMetrics')).toEqual({
      subject: 'VictoriaMetrics',
      state: 'ok',
      detail: 'http://store.example.net:8480/insert/0/influx',
    });
    expect(JSON.stringify(findings)).not.toContain('not-to-be-told');
  } finally {
    await rm(folder, { recursive: true });
  }
});
