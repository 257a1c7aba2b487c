import { DEVICE_TYPES } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import {
  countChips,
  type DeviceFilter,
  filterDevices,
  isFilteringDevices,
  readDeviceFilter,
  writeDeviceFilter,
} from './device-filter.ts';
import { deviceSample } from './device-sample.test-support.ts';
import { DEVICE_TYPE_ORDER } from './device-types.ts';

const DEVICES = [
  deviceSample({ id: 'new' }),
  deviceSample({
    id: 'old',
    state: 'monitored',
    last_change: 'changed',
    device_type: 'router',
    sys_name: 'rt-9',
  }),
  deviceSample({ id: 'away', state: 'gone', last_change: 'gone' }),
  deviceSample({ id: 'hidden', state: 'ignored', last_change: null, addresses: ['10.0.0.1', '10.9.9.9'] }),
  deviceSample({ id: 'again', state: 'new', last_change: 'back' }),
];
const NONE: DeviceFilter = { search: '', chips: [], type: undefined };
const ids = (change: Partial<DeviceFilter>) =>
  filterDevices(DEVICES, { ...NONE, ...change }).map(({ id }) => id);

describe('the filter of found devices', () => {
  it('shows all but what is ignored where nothing is chosen', () => {
    expect(ids({})).toEqual(['new', 'old', 'away', 'again']);
    expect(isFilteringDevices(NONE)).toBe(false);
  });

  it('shows what any of the chips stands for', () => {
    expect(ids({ chips: ['new'] })).toEqual(['new', 'again']);
    expect(ids({ chips: ['changed'] })).toEqual(['old', 'again']);
    expect(ids({ chips: ['gone', 'ignored'] })).toEqual(['away', 'hidden']);
    expect(countChips(DEVICES)).toEqual({ new: 2, changed: 2, gone: 1, ignored: 1, monitored: 1 });
  });

  it('finds each word of the search in names, addresses and what a device is', () => {
    expect(ids({ search: 'RT cisco' })).toEqual(['old']);
    expect(ids({ search: '10.9.9.9', chips: ['ignored'] })).toEqual(['hidden']);
    expect(ids({ type: 'router' })).toEqual(['old']);
  });

  it('is in the URL, and what that does not know is left out', () => {
    const filter: DeviceFilter = { search: 'a b', chips: ['new', 'gone'], type: 'ups' };
    const written = writeDeviceFilter(new URLSearchParams('tab=x'), filter);
    expect(readDeviceFilter(written)).toEqual(filter);
    expect(written.get('tab')).toBe('x');
    expect(writeDeviceFilter(written, { ...NONE }).toString()).toBe('tab=x');
    expect(readDeviceFilter(new URLSearchParams('show=odd,new&type=odd'))).toEqual({
      ...NONE,
      chips: ['new'],
    });
  });

  it('knows the types that the server has', () => {
    expect(DEVICE_TYPE_ORDER).toEqual(DEVICE_TYPES);
  });
});
