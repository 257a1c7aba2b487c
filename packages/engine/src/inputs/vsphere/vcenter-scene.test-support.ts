import type { StubScript } from './vcenter-stub.test-support.ts';

const COUNTERS = [
  [2, 'cpu', 'usage', 'percent', 'average'],
  [6, 'cpu', 'usagemhz', 'megaHertz', 'average'],
  [9, 'sys', 'uptime', 'second', 'latest'],
] as const;

function counterList(): string {
  return COUNTERS.map(
    ([key, group, name, unit, rollup]) =>
      `<PerfCounterInfo><key>${key}</key><nameInfo><label>x</label><key>${name}</key></nameInfo><groupInfo><key>${group}</key></groupInfo><unitInfo><key>${unit}</key></unitInfo><rollupType>${rollup}</rollupType></PerfCounterInfo>`,
  ).join('');
}

export type Properties = Readonly<Record<string, string>>;

function objectOf(type: string, id: string, properties: Properties): string {
  const sets = Object.entries(properties).map(
    ([name, value]) => `<propSet><name>${name}</name><val xsi:type="xsd:string">${value}</val></propSet>`,
  );
  return `<objects><obj type="${type}">${id}</obj>${sets.join('')}</objects>`;
}

const INVENTORY = [
  objectOf('Datacenter', 'dc-1', { name: 'Plant', parent: 'root' }),
  objectOf('Folder', 'f-1', { name: 'host', parent: 'dc-1' }),
  objectOf('ClusterComputeResource', 'c-1', { name: 'Line A', parent: 'f-1' }),
  objectOf('HostSystem', 'h-1', { name: 'esx1', parent: 'c-1' }),
  objectOf('ResourcePool', 'p-1', { name: 'MES', parent: 'c-1' }),
].join('');

/** A machine that runs, unless its properties say otherwise. */
export function vm(id: string, name: string, more: Properties = {}): string {
  return objectOf('VirtualMachine', id, {
    name,
    resourcePool: 'p-1',
    'runtime.host': 'h-1',
    'runtime.powerState': 'poweredOn',
    'config.guestId': 'debian12_64Guest',
    'config.uuid': `uuid-${id}`,
    'summary.config.memorySizeMB': '2048',
    ...more,
  });
}

export interface Scene {
  readonly vms: readonly string[];
  /** Lists of values by counter, oldest first, 20 s apart, up to noon. */
  readonly values: Readonly<Record<number, string>>;
  readonly script?: StubScript;
}

/** Plays a vCenter with one host and some VMs. */
export function scene({ vms, values, script }: Scene): StubScript {
  return (method, request) => {
    const own = script?.(method, request);
    if (own !== undefined) return own;
    switch (method) {
      case 'CreateContainerView':
        return { body: '<R><returnval type="ContainerView">view</returnval></R>' };
      case 'DestroyView':
        return { body: '<R/>' };
      case 'RetrievePropertiesEx':
        return request.includes('perfCounter')
          ? { body: `<R><returnval>${objectWithCounters()}</returnval></R>` }
          : { body: `<R><returnval><token>1</token>${INVENTORY}</returnval></R>` };
      case 'ContinueRetrievePropertiesEx':
        return { body: `<R><returnval>${vms.join('')}</returnval></R>` };
      case 'QueryPerf':
        return {
          body: `<R>${[...request.matchAll(/<entity type="(\w+)">([\w-]+)</g)].map(entity).join('')}</R>`,
        };
      default:
        return undefined;
    }
  };

  function entity([, type = '', id = '']: RegExpMatchArray): string {
    const series = Object.entries(values).map(
      ([counter, list]) =>
        `<value><id><counterId>${counter}</counterId><instance></instance></id>${list
          .split(',')
          .map((value) => `<value>${value}</value>`)
          .join('')}</value>`,
    );
    const times = ['11:59:20', '11:59:40', '12:00:00'].map(
      (time) => `<sampleInfo><timestamp>2026-11-30T${time}Z</timestamp><interval>20</interval></sampleInfo>`,
    );
    return `<returnval xsi:type="PerfEntityMetric"><entity type="${type}">${id}</entity>${times.join('')}${series.join('')}</returnval>`;
  }
}

function objectWithCounters(): string {
  return `<objects><obj type="PerformanceManager">pm</obj><propSet><name>perfCounter</name><val xsi:type="ArrayOfPerfCounterInfo">${counterList()}</val></propSet></objects>`;
}
