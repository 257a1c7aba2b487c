import { describe, expect, it } from 'vitest';
import { envDatabaseUrl, envHttpUrl, envNetworks, envOrigins, required } from './environment-addresses.ts';

describe('an address in the environment', () => {
  it('is empty or undefined where the variable is not set', () => {
    for (const unset of [undefined, '']) {
      expect(envOrigins().parse(unset)).toEqual([]);
      expect(envNetworks().parse(unset)).toEqual([]);
      expect(envHttpUrl().parse(unset)).toBeUndefined();
      expect(envDatabaseUrl().parse(unset)).toBeUndefined();
      expect(() => required(envHttpUrl()).parse(unset)).toThrow('is required');
    }
  });

  it('of a database may name a socket, and a password with encoded signs', () => {
    for (const url of [
      'postgres://u:p%2Fw@host:5432/db',
      'postgresql://u@/db?host=/run/postgresql',
      'postgres:///db',
      'postgres://u:p@[::1]:5432/db?sslmode=require',
    ]) {
      expect(envDatabaseUrl().parse(url)).toBe(url);
    }
    for (const bad of ['postgres', 'postgres://h:0/db', 'postgres://h:65536/db', 'postgres://u:%zz@h/db']) {
      expect(() => envDatabaseUrl().parse(bad)).toThrow('must');
    }
  });

  it('of a service is a whole http address', () => {
    expect(envHttpUrl().parse('http://vminsert:8480/insert/0/prometheus')).toContain('/insert/0');
    for (const bad of ['vm:8480', 'http://', 'http://h:99999', 'http://h:0', 'ftp://h', 'http:h']) {
      expect(() => envHttpUrl().parse(bad)).toThrow('must be an http:// or https:// address');
    }
  });

  it('of a network has a prefix that fits', () => {
    expect(envNetworks().parse('0.0.0.0/0,::/0,::ffff:10.0.0.0/104')).toHaveLength(3);
    for (const bad of ['10.0.0/8', '10.0.0.0/-1', '10.0.0.0/', '/8', '10.0.0.0/8/8', 'a/8', '10.0.0.0/8,']) {
      expect(() => envNetworks().parse(bad)).toThrow('must be a list of networks');
    }
  });
});
