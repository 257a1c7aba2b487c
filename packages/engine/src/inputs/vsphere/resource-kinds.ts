/** The kinds of objects that are measured, by the word that Telegraf has for them. */
export const KIND_NAMES = ['datacenter', 'cluster', 'resourcepool', 'host', 'vm', 'datastore'] as const;
export type KindName = (typeof KIND_NAMES)[number];

export interface ResourceKind {
  readonly name: KindName;
  /** Beginning of its options: `resource_pool_metric_include`. */
  readonly option: string;
  /** Type of its objects. */
  readonly type: string;
  /** Tag with the name of the object itself. */
  readonly nameTag: string;
  /** True where hosts keep samples of 20 s; the server keeps the others, every five minutes. */
  readonly isRealtime: boolean;
  /** Most counters of one question, where the server counts them itself. */
  readonly maxCounters?: number;
  /** True where each instance is measured unless an option says otherwise. */
  readonly hasInstances: boolean;
}

export const REALTIME_SAMPLING_SECONDS = 20;

export const RESOURCE_KINDS: readonly ResourceKind[] = [
  kind('datacenter', 'Datacenter', 'dcname'),
  // A counter of a cluster counts once for each of its hosts.
  { ...kind('cluster', 'ClusterComputeResource', 'clustername'), maxCounters: 10 },
  { ...kind('resourcepool', 'ResourcePool', 'rpname'), option: 'resource_pool' },
  { ...kind('host', 'HostSystem', 'esxhostname'), isRealtime: true, hasInstances: true },
  { ...kind('vm', 'VirtualMachine', 'vmname'), isRealtime: true, hasInstances: true },
  kind('datastore', 'Datastore', 'dsname'),
];

function kind(name: KindName, type: string, nameTag: string): ResourceKind {
  return { name, option: name, type, nameTag, isRealtime: false, hasInstances: false };
}
