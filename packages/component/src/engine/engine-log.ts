import { type Logger, sanitizeText } from '@stratora/runtime';

const LEVELS: Readonly<Record<number, 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};
const MAX_LINE = 4096;

/** Passes a line of the engine on to our log: at its own level where it is one of pino's, else as text. */
export function forwardLine(line: string, logger: Logger): void {
  if (line.startsWith('{') && line.length <= MAX_LINE) {
    try {
      const {
        level,
        msg,
        time: _time,
        pid: _pid,
        hostname: _host,
        name: _name,
        ...fields
      } = JSON.parse(line) as Record<string, unknown>;
      const method = LEVELS[Number(level)];
      if (method && typeof msg === 'string') {
        logger[method](fields, msg);
        return;
      }
    } catch {
      // Not JSON after all.
    }
  }
  const text = sanitizeText(line, MAX_LINE);
  if (text) logger.info({ line: text }, 'engine said');
}
