/** The output of a launcher for people. */
export interface Terminal {
  /** Prints one line as it is; the ready line is one of them. */
  print(text: string): void;
  /** Prints a line about a change of a service. */
  status(service: string, text: string): void;
  /** Prints a failure on standard error. */
  printError(text: string): void;
  /** Shows progress: a bar on a terminal, a line per tenth elsewhere. */
  progress(receivedBytes: number, totalBytes: number | undefined): void;
}

interface TextStream {
  isTTY?: boolean;
  write(text: string): unknown;
}

const BAR_WIDTH = 30;
const NAME_WIDTH = 18;

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

export function openTerminal(
  output: TextStream,
  errors: TextStream,
  now: () => Date = () => new Date(),
): Terminal {
  let shownTenth = -1;
  let barIsOpen = false;
  const closeBar = () => {
    if (barIsOpen) output.write('\n');
    barIsOpen = false;
  };
  return {
    print(text) {
      closeBar();
      output.write(`${text}\n`);
    },
    status(service, text) {
      closeBar();
      output.write(`${now().toTimeString().slice(0, 8)}  ${service.padEnd(NAME_WIDTH)}${text}\n`);
    },
    printError(text) {
      closeBar();
      errors.write(`${text}\n`);
    },
    progress(receivedBytes, totalBytes) {
      const share = totalBytes ? Math.min(1, receivedBytes / totalBytes) : undefined;
      const amount = totalBytes
        ? `${megabytes(receivedBytes)} of ${megabytes(totalBytes)} MB`
        : `${megabytes(receivedBytes)} MB`;
      if (output.isTTY) {
        const filled = Math.round((share ?? 0) * BAR_WIDTH);
        output.write(`\r  [${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}] ${amount}  `);
        barIsOpen = true;
        if (share === 1) closeBar();
        return;
      }
      const tenth = share === undefined ? Math.floor(receivedBytes / 5e6) : Math.floor(share * 10);
      if (tenth === shownTenth) return;
      shownTenth = tenth;
      output.write(`  ${amount}\n`);
    },
  };
}
