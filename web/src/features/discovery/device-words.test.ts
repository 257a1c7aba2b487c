import { DEVICE_STATES, DEVICE_TYPES, IDENTITY_KEY_KINDS } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { deviceSample } from './device-sample.test-support.ts';
import {
  addressesWords,
  changedFieldName,
  changeLook,
  deviceLook,
  deviceName,
  deviceTypeName,
  keyName,
  portWords,
} from './device-words.ts';

describe('a found device in words', () => {
  it('is called as it calls itself, else as DNS does, else by its address', () => {
    expect(deviceName(deviceSample())).toBe('sw-1');
    expect(deviceName(deviceSample({ sys_name: ' \u202e ' }))).toBe('sw-1.example.org');
    expect(deviceName(deviceSample({ sys_name: null, hostname: '' }))).toBe('10.0.0.1');
  });

  it('has a word for every type, state, change and key', () => {
    for (const type of DEVICE_TYPES) expect(deviceTypeName(type)).toMatch(/^[A-Z]/);
    for (const state of DEVICE_STATES)
      expect(deviceLook({ state, last_change: null }).label).toMatch(/^[A-Z]/);
    for (const kind of IDENTITY_KEY_KINDS) expect(keyName(kind)).not.toContain('_');
    for (const change of ['new', 'changed', 'gone', 'back'] as const)
      expect(changeLook({ change }).label).toMatch(/^[A-Z]/);
  });

  it('says that it changed or came back, beside its state', () => {
    expect(deviceLook({ state: 'monitored', last_change: 'changed' }).label).toBe('Monitored, changed');
    expect(deviceLook({ state: 'ignored', last_change: 'back' }).label).toBe('Ignored, back');
    expect(deviceLook({ state: 'new', last_change: 'new' }).label).toBe('New');
    expect(deviceLook({ state: 'gone', last_change: 'changed' }).label).toBe('Gone');
  });

  it('names fields and ports that are not known as they are', () => {
    expect(changedFieldName('sys_name')).toBe('System name');
    expect(changedFieldName('web.title')).toBe('Web title');
    expect(changedFieldName('toString')).toBe('ToString');
    expect([portWords(443), portWords(7001)]).toEqual(['443 HTTPS', '7001']);
  });

  it('counts its other addresses', () => {
    expect(addressesWords(deviceSample())).toBe('10.0.0.1');
    const addresses = ['10.0.0.9', '10.0.0.1', '10.0.1.1'];
    expect(addressesWords(deviceSample({ addresses }))).toBe('10.0.0.1 +2');
  });
});
