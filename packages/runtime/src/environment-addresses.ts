import { isIP } from 'node:net';
import type { EnvironmentVariable } from './environment.ts';

/** Reads a list of origins of web pages, such as `https://monitor.example.net,https://10.0.0.5:8443`; empty when not set. */
export function envOrigins(): EnvironmentVariable<readonly string[]> {
  return { parse: (value) => entries(value).map(readOrigin) };
}

/** Reads a list of networks in CIDR notation, such as `10.0.0.0/8,fd00::/8`; empty when not set. */
export function envNetworks(): EnvironmentVariable<readonly string[]> {
  return { parse: (value) => entries(value).map(readNetwork) };
}

/** Reads an address of a service that speaks HTTP, such as `http://10.0.0.5:8428/path`; undefined when not set. */
export function envHttpUrl(): EnvironmentVariable<string | undefined> {
  return {
    parse(value) {
      if (value === undefined || value === '') return undefined;
      const url = URL.parse(value.trim());
      if (!url || !/^https?:\/\//i.test(value.trim()) || !isPort(url)) {
        throw new Error('must be an http:// or https:// address, such as http://10.0.0.5:8428');
      }
      return value.trim();
    },
  };
}

/** Reads the address of a PostgreSQL; undefined when not set. */
export function envDatabaseUrl(): EnvironmentVariable<string | undefined> {
  return {
    parse(value) {
      if (value === undefined || value === '') return undefined;
      if (!/^postgres(ql)?:\/\//.test(value)) throw new Error('must begin with postgres:// or postgresql://');
      // A host may be left out, where the database is reached by a socket.
      const url = URL.parse(value.replace('@/', '@localhost/'));
      if (!url || !isPort(url) || !isDecodable(url)) {
        throw new Error(
          'must be like postgres://USER:PASSWORD@HOST:5432/DATABASE, with %XX for / : @ % in a password',
        );
      }
      return value;
    },
  };
}

/** Demands a variable that its reader would take as not set. */
export function required<T>(optional: EnvironmentVariable<T | undefined>): EnvironmentVariable<T> {
  return {
    parse(value) {
      const read = optional.parse(value);
      if (read === undefined) throw new Error('is required');
      return read;
    },
  };
}

function entries(value: string | undefined): string[] {
  if (value === undefined || value.trim() === '') return [];
  return value.split(',').map((entry) => entry.trim());
}

function readOrigin(text: string): string {
  const url = URL.parse(text);
  const isOrigin = url !== null && /^[^/]+\/\/[^/@?#]+\/?$/.test(text) && isPort(url);
  if (!isOrigin || url.protocol !== 'https:') {
    throw new Error(
      `must be a list of https addresses without a path, such as https://monitor.example.net (not ${JSON.stringify(text)})`,
    );
  }
  return url.origin;
}

function readNetwork(text: string): string {
  const [, address = '', prefix = ''] = /^([\d.]+|[\da-fA-F:.]+)\/(\d{1,3})$/.exec(text) ?? [];
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  if (prefix === '' || Number(prefix) > bits) {
    throw new Error(`must be a list of networks such as 10.0.0.0/8,fd00::/8 (not ${JSON.stringify(text)})`);
  }
  return text;
}

/** Whether a port can be connected to: URL takes 0, and refuses larger ones than 65535 by itself. */
function isPort(url: URL): boolean {
  return url.port !== '0';
}

function isDecodable(url: URL): boolean {
  try {
    return [url.username, url.password, url.pathname].map(decodeURIComponent).length > 0;
  } catch {
    return false;
  }
}
