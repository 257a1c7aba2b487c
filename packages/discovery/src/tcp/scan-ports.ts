/** Ports that tell most of what a host is: remote access, web, files, printing by IPP, databases, industrial protocols not. */
export const USUAL_PORTS: readonly number[] = [
  22, 23, 80, 135, 139, 443, 445, 554, 631, 902, 3389, 5900, 8080, 8443, 5985, 8006,
];
/** Ports at which an address that answers nothing else is knocked: one of them is open or refused on most hosts. */
export const SILENT_HOST_PORTS: readonly number[] = [443, 22, 445];
/** Ports on which web pages are looked for, with the scheme that is tried. */
export const WEB_PORTS: readonly { readonly port: number; readonly scheme: 'http' | 'https' }[] = [
  { port: 443, scheme: 'https' },
  { port: 80, scheme: 'http' },
  { port: 8443, scheme: 'https' },
  { port: 8080, scheme: 'http' },
  { port: 8006, scheme: 'https' },
  { port: 631, scheme: 'http' },
];

/**
 * Ports on which printers print whatever comes, or take a connection for a job: raw printing of HP JetDirect and its
 * like with their up to ten ports, LPD, Axis, Lexmark, Zebra, and those of print servers for several printers. Nobody may
 * choose them.
 */
const RAW_PRINTER_PORTS: readonly (readonly [number, number])[] = [
  [515, 515],
  [2000, 2000],
  [2501, 2501],
  [3001, 3001],
  [4010, 4010],
  [6101, 6101],
  [9100, 9112],
  [9200, 9200],
  [9290, 9293],
  [9400, 9400],
  [9500, 9501],
  [9600, 9600],
  [10_001, 10_001],
];

/** Tells whether a connection to a port may waste paper. */
export function isRawPrinterPort(port: number): boolean {
  return RAW_PRINTER_PORTS.some(([first, last]) => port >= first && port <= last);
}

/** The ports of a scan: those that were chosen or the usual ones, never one of a printer. */
export function portsOf(chosen: readonly number[] | null): number[] {
  return [...new Set(chosen ?? USUAL_PORTS)].filter((port) => !isRawPrinterPort(port));
}
