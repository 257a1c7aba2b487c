import type { InputBlock } from '@stratora/telegraf';

/** What a config says of a target, which the words about its faults name. */
export interface TargetFacts {
  readonly input: string;
  readonly intervalSeconds: number;
  /** The host that is asked; empty where the input gathers its own. */
  readonly host: string;
  readonly port: number;
  /** How often a question is sent. */
  readonly tries: number;
  /** Time for an answer; undefined where the config leaves it to the engine. */
  readonly timeoutSeconds: number | undefined;
  readonly user: string;
  readonly level: string;
  readonly context: string;
}

/** Telegraf's own number of repetitions of an SNMP request. */
const DEFAULT_RETRIES = 3;
const PORTS: Readonly<Record<string, number>> = { 'udp:': 161, 'http:': 80, 'https:': 443 };

/** Reads the facts of an input block. */
export function targetFacts({ plugin, options }: InputBlock, intervalMs: number): TargetFacts {
  const target =
    [options['agents'], options['urls'], options['sources'], options['vcenters']].flat().find(isText) ?? '';
  const { host, port } = placeOf(target);
  const retries = Number(options['retries'] ?? DEFAULT_RETRIES);
  return {
    input: plugin,
    intervalSeconds: intervalMs / 1000,
    host,
    port,
    tries: 1 + (Number.isFinite(retries) ? retries : DEFAULT_RETRIES),
    timeoutSeconds: secondsOf(options['response_timeout'] ?? options['timeout']),
    user: textOf(options['sec_name']),
    level: textOf(options['sec_level']),
    context: textOf(options['context_name']),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Reads `udp://10.0.0.1:161`, `https://shop.example/`, or a bare host. */
function placeOf(target: string): { host: string; port: number } {
  const found = /^([a-z0-9]+:)\/\/(?:\[([^\]]*)\]|([^/:?#]*))(?::(\d+))?/i.exec(target);
  if (found === null) return { host: target, port: 0 };
  const [, scheme = '', bracketed, bare = '', port] = found;
  const host = (bracketed ?? bare).replace('%25', '%');
  return { host, port: port === undefined ? (PORTS[scheme.toLowerCase()] ?? 0) : Number(port) };
}

function secondsOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const found = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(textOf(value));
  if (found === null) return undefined;
  return Number(found[1]) * { ms: 0.001, s: 1, m: 60 }[found[2] as 'ms' | 's' | 'm'];
}
