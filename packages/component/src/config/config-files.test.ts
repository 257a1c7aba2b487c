import { readConfig } from '@stratora/telegraf';
import { expect, test } from 'vitest';
import { generationOf, hasInputs, readIntervalMs, withOutput } from './config-files.ts';

const TEXT = '[agent]\n  interval = "30s"\n\n[global_tags]\ncollector_id = "c"\n\n[[inputs.mem]]\n';

test('the engine gets the text of the server and our output, which names its config', () => {
  const generation = generationOf({ hash: 'h', sha256: 'a'.repeat(64) });
  const { config } = readConfig(withOutput(TEXT, 'unix:///run/intake.sock', generation), { outputs: true });
  expect(config.inputs).toHaveLength(1);
  expect(config.outputs).toHaveLength(1);
  expect(config.outputs[0]).toMatchObject({
    plugin: 'influxdb',
    flushIntervalMs: 1000,
    options: { urls: ['unix:///run/intake.sock'], database: generation },
  });
});

test.each([
  [TEXT, 30_000],
  ['[agent]\nflush_interval = "5s"\ninterval = "1m30s"\n', 90_000],
  ['[agent]\n[[inputs.ping]]\ninterval = "60s"\n', 10_000],
  ['', 10_000],
  ['[agent]\ninterval = "never"\n', 10_000],
])('the interval of a text is that of its agent section', (text, expected) => {
  expect(readIntervalMs(text)).toBe(expected);
});

test('a config without inputs gives no output and need not', () => {
  expect(hasInputs(TEXT)).toBe(true);
  expect(hasInputs('[agent]\n')).toBe(false);
});
