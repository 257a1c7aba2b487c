import { isIP } from 'node:net';
import type { OptionReader } from '../../option-reader.ts';
import { targetHost } from '../target-host.ts';

export interface PingOptions {
  /** The hosts as given, which are the `url` tags. */
  readonly urls: readonly string[];
  /** The texts to contact them by, in the same order. */
  readonly hosts: readonly string[];
  readonly settings: PingSettings;
}

/** The settings of a ping; hosts with equal settings share a run. Durations in milliseconds. */
export interface PingSettings {
  readonly count: number;
  readonly periodMs: number;
  readonly timeoutMs: number;
  /** Bytes of data in a packet. */
  readonly size: number;
  readonly family: 0 | 4 | 6;
  /** Address or name of an interface to send from; empty for the system's choice. */
  readonly source: string;
  readonly percentiles: readonly number[];
}

export function parsePingOptions(options: OptionReader): PingOptions {
  const urls = options.strings('urls');
  if (urls.length === 0) options.fault('urls', 'is required');
  const hosts = urls.map((url, index) => {
    const host = targetHost(url);
    if (host === undefined)
      options.fault(`urls[${index}]`, 'is not an IPv4 address, an IPv6 address or a DNS name');
    return host ?? '';
  });
  // This engine has one way of its own to ping; the words only tell which fields there are.
  const method = options.oneOf('method', ['exec', 'native'], 'exec');
  if (options.string('binary', 'ping') !== 'ping')
    options.fault('binary', 'cannot choose a program to start');
  if (options.strings('arguments').length > 0) options.fault('arguments', 'cannot be given to a program');
  // The gather's own deadline, a share of the interval, is the bound.
  options.durationMs('deadline');
  return { urls, hosts, settings: parseSettings(options, method === 'native') };
}

function parseSettings(options: OptionReader, isNative: boolean): PingSettings {
  const source = options.string('interface', '');
  if (source !== '' && isIP(source) === 0 && !/^[a-z0-9][a-z0-9_.:-]{0,14}$/i.test(source)) {
    options.fault('interface', 'is neither an address nor the name of an interface');
  }
  const percentiles = options.integers('percentiles');
  const only4 = options.boolean('ipv4', false);
  const only6 = options.boolean('ipv6', false);
  return {
    count: options.integer('count', 1, { min: 1, max: 100 }),
    // As ping itself: never more than five packets a second to one host.
    periodMs: Math.max(200, Math.round(options.durationMs('ping_interval', 1000))),
    timeoutMs: Math.round(options.durationMs('timeout', 1000)) || 1000,
    size: options.integer('size', 56, { min: 0, max: 65_500 }),
    family: only4 === only6 ? 0 : only4 ? 4 : 6,
    source,
    percentiles: isNative ? percentiles.map((value) => Math.min(100, Math.max(0, value))) : [],
  };
}
