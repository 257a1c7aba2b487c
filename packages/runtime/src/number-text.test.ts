import { expect, test } from 'vitest';
import { numberInText } from './number-text.ts';

test.each([
  ['23.5', '23.5'],
  ['  42', '42'],
  ['42\0\0', '42'],
  ['\t-7 \r\n', '-7'],
  ['12 %', '12'],
  ['12%', '12'],
  ['+5', '+5'],
  ['.5', '.5'],
  ['1.5e3', '1.5e3'],
  ['42 C', '42'],
  ['23.5°C', '23.5'],
  ['75 deg F', '75'],
  ['28 C/82 F', '28'],
  ['-3 °C / 27 °F', '-3'],
  ['230 VAC', '230'],
  ['4.2 Amps', '4.2'],
  ['1200 rpm', '1200'],
  ['-52 dBm', '-52'],
  ['1_000', '1_000'],
])('"%s" holds %s', (text, number) => {
  expect(numberInText(text)).toBe(number);
});

test.each([
  '',
  ' ',
  '%',
  'N/A',
  'on',
  'v2',
  '1.2.3',
  '10.0.0.1',
  '12 days',
  '14 days, 3:04',
  '1.2 kW',
  '230 mV',
  '100 MB',
  '12 ms',
  '1,234',
  '23,5',
  '5 6',
  '0x1F',
  '1e',
  '5 C 6',
  '28 C/30 C',
  '28 C/82',
  '12 % used',
  '\0\0\x004',
  '\n4',
])('"%s" holds none', (text) => {
  expect(numberInText(text)).toBeUndefined();
});
