/** What a line of fping says of one address. */
export interface PingLine {
  readonly address: string;
  readonly isAnswered: boolean;
}

const OUTCOME = /^(\S+)\s+: \[0\], (?:(\d+ bytes)|(timed out))/;

/** Reads a line of standard output of `fping -c 1`: `10.0.0.1 : [0], 64 bytes, 0.05 ms ...`, or `... timed out`. */
export function readPingLine(line: string): PingLine | undefined {
  const found = OUTCOME.exec(line);
  return found === null ? undefined : { address: found[1] ?? '', isAnswered: found[2] !== undefined };
}
