import type { Identity } from '@stratora/identify';
import { describe, expect, test } from 'vitest';
import { type ExpectedIdentity, fitOf, isHeldOut } from './identify-captures.ts';

const EXPECTED: ExpectedIdentity = {
  vendor: 'Acme',
  vendor_aliases: ['Acme Networks'],
  os: 'acme_os',
  os_name: 'Acme Switch Software',
  device_type: 'switch',
  accept_types: ['switch', 'router'],
};
const IDENTITY: Identity = {
  vendor: 'acme',
  model: undefined,
  serial: undefined,
  firmware: undefined,
  os: 'Acme Whatever',
  family: 'acme-os',
  deviceType: 'router',
  template: 'ping',
  confidence: 0.9,
  reasons: [],
};

describe('an identity', () => {
  test('fits by name or alias, by short name, and by each type that may be given', () => {
    expect(fitOf(IDENTITY, EXPECTED)).toEqual({ vendor: true, family: true, type: true, strictType: false });
    expect(fitOf({ ...IDENTITY, vendor: 'Acme Networks' }, EXPECTED).vendor).toBe(true);
    expect(fitOf({ ...IDENTITY, vendor: undefined }, EXPECTED).vendor).toBe(false);
  });

  test('is of the family where one name has all telling words of the other, and only of the right vendor', () => {
    const named = { ...IDENTITY, family: 'other', os: 'Acme Core Switch' };
    expect(fitOf(named, EXPECTED).family).toBe(true);
    expect(fitOf({ ...named, os: 'Acme Wall' }, EXPECTED).family).toBe(false);
    expect(fitOf({ ...named, vendor: 'Bolt' }, EXPECTED).family).toBe(false);
    expect(fitOf({ ...named, family: undefined }, EXPECTED).family).toBe(false);
  });

  test('of a camera is what the expectations call other', () => {
    const camera = fitOf(
      { ...IDENTITY, deviceType: 'camera' },
      { ...EXPECTED, device_type: 'other', accept_types: ['other'] },
    );
    expect(camera).toMatchObject({ type: true, strictType: true });
  });
});

test('about a fifth is held out, always the same', () => {
  const held = Array.from({ length: 1_000 }, (_, at) => `device-${at}`).filter(isHeldOut);
  expect(held.length).toBeGreaterThan(150);
  expect(held.length).toBeLessThan(250);
  expect(held.slice(0, 3)).toEqual(
    Array.from({ length: 1_000 }, (_, at) => `device-${at}`)
      .filter(isHeldOut)
      .slice(0, 3),
  );
});
