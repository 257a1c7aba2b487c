/** A fault of a telegraf.conf. */
export interface ConfigFault {
  /** Line in the text, from 1; absent where it is not known. */
  readonly line?: number;
  /** Path in the text: `agent.interval`, `inputs.snmp[3].agents`; empty for the text as a whole. */
  readonly path: string;
  readonly message: string;
}

/** A telegraf.conf that cannot be used; holds everything that was found wrong with it. */
export class ConfigError extends Error {
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[], options?: ErrorOptions) {
    super(faults.map(formatFault).join('\n'), options);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/** Renders a fault as `line 12: inputs.snmp[3].agents: must be a list of strings`. */
export function formatFault(fault: ConfigFault): string {
  const place = [fault.line === undefined ? '' : `line ${fault.line}`, fault.path].filter(
    (part) => part !== '',
  );
  return [...place, fault.message].join(': ');
}
