import { type Logger, sanitizeText } from '@stratora/runtime';

/** A line of Telegraf's log. */
export interface TelegrafLine {
  level: 'trace' | 'debug' | 'info' | 'warn' | 'error';
  /** `inputs.snmp`, `outputs.influxdb`, `agent`; absent in lines about the whole. */
  plugin?: string;
  alias?: string;
  message: string;
}

const LEVELS: Readonly<Record<string, TelegrafLine['level']>> = {
  T: 'trace',
  D: 'debug',
  I: 'info',
  W: 'warn',
  E: 'error',
};
const LINE = /^\d{4}-\d\d-\d\dT[\d:.,]+(?:Z|[+-]\d\d:?\d\d) ([TDIWE])! (.*)$/s;
const PLUGIN = /^\[([a-z]+(?:\.[A-Za-z0-9_]+)?)(?:::([^\]]*))?\] /;
/** Messages that it logs about itself at every start, and nobody can do anything about. */
const ROUTINE_MESSAGE =
  /^(?:DeprecationWarning|Running without secret protection|Strict environment variable|The default value of 'skip_processors)/;
/** Begin of the lines of a Go program that cannot go on. */
const FATAL_LINE = /^(?:panic:|fatal error:)/;
const MAX_LINE = 4096;

/** Parses a line of Telegraf's log; undefined for other output, such as the stack of a panic. */
export function parseTelegrafLine(line: string): TelegrafLine | undefined {
  const match = LINE.exec(line.slice(0, MAX_LINE));
  const level = LEVELS[match?.[1] ?? ''];
  if (level === undefined) return undefined;
  const rest = match?.[2] ?? '';
  const plugin = PLUGIN.exec(rest);
  const message = sanitizeText(rest.slice(plugin?.[0].length ?? 0), MAX_LINE);
  return {
    level: level === 'warn' && ROUTINE_MESSAGE.test(message) ? 'debug' : level,
    ...(plugin?.[1] === undefined ? {} : { plugin: plugin[1] }),
    ...(plugin?.[2] ? { alias: sanitizeText(plugin[2], 256) } : {}),
    message,
  };
}

/** Passes a line on to our log at its own level. */
export function forwardTelegrafLine(line: TelegrafLine | string, logger: Logger): void {
  if (typeof line !== 'string') {
    const { level, message, ...fields } = line;
    logger[level](fields, message);
    return;
  }
  const text = sanitizeText(line, MAX_LINE);
  if (text) logger[FATAL_LINE.test(text) ? 'error' : 'info']({ line: text }, 'engine said');
}

/**
 * Extracts the faults from the output of a config check: Telegraf's errors without their times, or all of its output
 * when there are none.
 */
export function telegrafFaults(output: string): string {
  const lines = output.split('\n');
  const errors = lines.flatMap((line) => {
    const parsed = parseTelegrafLine(line);
    return parsed?.level === 'error' ? [parsed.message] : [];
  });
  const faults = errors.length > 0 ? errors : lines.filter((line) => parseTelegrafLine(line) === undefined);
  return sanitizeText(faults.join('\n'), 2000);
}
