/** What a line of fping says of one address. */
export interface PingLine {
  readonly address: string;
  readonly isAnswered: boolean;
}

const OUTCOME = /^(\S+)\s+: \[0\], (?:(\d+ bytes)|(timed out))/;
const SUMMARY = /^(\S+)\s+: xmt\/rcv\/%loss = (\d+)\/(\d+)\//;

/** Reads a line of standard output of `fping -c 1`: `10.0.0.1 : [0], 64 bytes, 0.05 ms ...`, or `... timed out`. */
export function readPingLine(line: string): PingLine | undefined {
  const found = OUTCOME.exec(line);
  return found === null ? undefined : { address: found[1] ?? '', isAnswered: found[2] !== undefined };
}

/** Reads a line of the summary on standard error: how many packets fping handed to the system for an address. */
export function readSummaryLine(line: string): { address: string; sent: number } | undefined {
  const found = SUMMARY.exec(line);
  return found === null ? undefined : { address: found[1] ?? '', sent: Number(found[2]) };
}
