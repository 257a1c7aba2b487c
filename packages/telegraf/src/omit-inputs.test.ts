import { expect, test } from 'vitest';
import { ConfigError } from './config-fault.ts';
import { readConfig } from './config-reader.ts';
import { omitInputs } from './omit-inputs.ts';

const TEXT = `[agent]
interval = "10s"
hostname = "a$$b"

[[inputs.systemd_units]]
interval = "30s"
unittype = "service"
[inputs.systemd_units.tags]
node_name = "[[inputs.exec]]"

[[inputs.mem]]
[inputs.mem.tags]
node_name = "\\n[[inputs.systemd_units]]"
`;

test('leaves out the blocks of an input, and nothing else', () => {
  const left = omitInputs(TEXT, ['systemd_units']);
  const { config } = readConfig(left);
  expect(config.inputs).toEqual(readConfig(TEXT).config.inputs.filter(({ plugin }) => plugin === 'mem'));
  expect(config.agent).toEqual(readConfig(TEXT).config.agent);
});

test('a text without them stays as it is, byte by byte', () => {
  const other = '# a comment\n[agent]\n[[inputs.mem]]\n';
  expect(omitInputs(other, ['systemd_units'])).toBe(other);
  expect(omitInputs(TEXT, [])).toBe(TEXT);
  const named = '[[inputs.mem]]\n[inputs.mem.tags]\na = "inputs.systemd_units"\n';
  expect(omitInputs(named, ['systemd_units'])).toBe(named);
});

test('a text that is no config is refused', () => {
  expect(() => omitInputs('[[inputs.systemd_units]]\n[[inputs.exec]]', ['systemd_units'])).toThrow(
    ConfigError,
  );
});
