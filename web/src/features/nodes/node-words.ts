import type { CollectionState } from '@stratora/contract';

const INPUT_NAMES: Readonly<Record<string, string>> = {
  snmp: 'SNMP',
  ping: 'Ping',
  http_response: 'HTTP check',
  x509_cert: 'Certificate check',
  cpu: 'CPU',
  mem: 'Memory',
  swap: 'Swap',
  disk: 'Disk space',
  diskio: 'Disk throughput',
  net: 'Network',
  system: 'System',
  processes: 'Processes',
  kernel: 'Kernel',
  internal: 'Engine',
};

function inputName(input: string): string {
  return INPUT_NAMES[input] ?? input;
}

/** Says what became of the last gathering: "SNMP authentication failed". */
export function describeCollection(state: Pick<CollectionState, 'input' | 'status'>): string {
  const name = inputName(state.input);
  switch (state.status) {
    case 'ok':
      return `${name} works`;
    case 'timeout':
      return `No answer to ${name === 'Ping' ? 'ping' : name}`;
    case 'auth':
      return `${name} authentication failed`;
    case 'refused':
      return name === 'Ping' ? 'Ping cannot be sent' : `${name} cannot connect`;
    case 'bad_answer':
      return `${name} answers cannot all be read`;
    case 'limit':
      return `${name} answers exceed the limits`;
  }
}

/** Says what to do where the last gathering failed. */
export function adviseCollection(state: Pick<CollectionState, 'input' | 'status'>): string | undefined {
  switch (state.status) {
    case 'auth':
      return 'Check the credential: user name, passwords, protocols, or the community.';
    case 'timeout':
      return state.input === 'snmp'
        ? 'Check that SNMP is on, that the port is right, that the device allows this collector, and the community: a wrong one is met with silence.'
        : 'Check power, cabling, the address and firewalls between the collector and the node.';
    case 'refused':
      return 'Check the address or name, the port, and whether the node lets this collector in.';
    case 'bad_answer':
      return 'Not all of it came as it should; what can be read is kept.';
    case 'limit':
      return 'The node has more to tell than the budget of a cycle allows; what was read is kept.';
    case 'ok':
      return undefined;
  }
}
