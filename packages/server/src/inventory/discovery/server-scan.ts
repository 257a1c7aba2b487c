import { type RunScanOptions, runScan } from '@stratora/discovery';
import type { RuleBook } from '@stratora/identify';
import type { Scan } from './scan-runner.ts';

export interface ServerScanOptions extends Pick<RunScanOptions, 'guard'> {
  /** The rules by which devices are asked. */
  book: () => RuleBook;
}

/** Makes the scan that this server does itself. What devices are is told when their parts are taken, as for those of collectors. */
export function serverScan({ book, guard }: ServerScanOptions): Scan {
  return async (order, { signal, take }) => {
    for await (const part of runScan(order, { book: book(), guard, signal })) {
      if (!(await take(part))) return;
    }
  };
}
