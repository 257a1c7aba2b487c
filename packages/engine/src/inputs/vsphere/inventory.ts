import { GatherError } from '../../input.ts';
import { noVsphere } from '../../target-words.ts';
import type { KindName } from './resource-kinds.ts';
import {
  continueRetrieve,
  createContainerView,
  destroyView,
  type ObjectRef,
  refOf,
  retrieveView,
} from './vim-requests.ts';
import type { VimCalls } from './vim-session.ts';
import { childOf, childrenOf, textAt, type XmlElement } from './xml-tree.ts';

/** An object that is measured. */
export interface MeasuredObject {
  readonly ref: ObjectRef;
  /** Tags that all its samples have. */
  readonly tags: Readonly<Record<string, string>>;
  /** Text fields that all its samples have. */
  readonly fields: Readonly<Record<string, string>>;
}

export interface Inventory {
  readonly kinds: ReadonlyMap<KindName, readonly MeasuredObject[]>;
  /** Names of datastores by the last part of their addresses, by which counters of VMs and hosts name them. */
  readonly datastores: ReadonlyMap<string, string>;
}

/** An object as it was told. */
interface Found {
  readonly ref: ObjectRef;
  readonly name: string;
  readonly properties: ReadonlyMap<string, string>;
}

const PARENT = ['name', 'parent'];
const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  Folder: PARENT,
  Datacenter: PARENT,
  ComputeResource: PARENT,
  ClusterComputeResource: PARENT,
  ResourcePool: PARENT,
  HostSystem: PARENT,
  Datastore: [...PARENT, 'info.url'],
  VirtualMachine: [
    'name',
    'resourcePool',
    'runtime.host',
    'runtime.powerState',
    'config.guestId',
    'config.uuid',
    'guest.guestId',
    'guest.hostName',
    'summary.config.memorySizeMB',
  ],
};
/** Objects of one page: some hundred kilobytes. */
const PAGE_OBJECTS = 500;
/** Most objects that are read; the largest vCenter has 45,000 VMs (its configuration maximums). */
const MAX_OBJECTS = 200_000;
/** Most steps up to a data centre; folders nest a few deep. */
const MAX_ANCESTORS = 64;

/** Reads the objects of a server, with the tags that Telegraf gives to their samples. */
export async function readInventory(calls: VimCalls, vcenter: string): Promise<Inventory> {
  const found = await readObjects(calls);
  const kinds = new Map<KindName, MeasuredObject[]>();
  const datastores = new Map<string, string>();
  for (const one of found.values()) {
    const kind = kindOf(one);
    if (kind === undefined) continue;
    const own = { ...describe(one, kind, found), ...ancestorTag(one, found) };
    const tags = { vcenter, source: one.name, moid: one.ref.id, ...own };
    const memory = textOf(one, 'summary.config.memorySizeMB');
    const fields = memory === '' || memory === '0' ? {} : { memorySizeMB: memory };
    const measured = { ref: one.ref, tags, fields };
    const known = kinds.get(kind);
    if (known === undefined) kinds.set(kind, [measured]);
    else known.push(measured);
    const lun = /([^/]+)\/?$/.exec(textOf(one, 'info.url'))?.[1];
    if (lun !== undefined) datastores.set(lun, one.name);
  }
  return { kinds, datastores };
}

async function readObjects({ content, call }: VimCalls): Promise<Map<string, Found>> {
  const { propertyCollector: collector, viewManager, rootFolder } = content;
  const made = await call(createContainerView(viewManager, rootFolder, Object.keys(PROPERTIES)));
  const view = refOf(childOf(made, 'returnval'));
  if (view === undefined) throw new GatherError('bad_answer', noVsphere());
  const found = new Map<string, Found>();
  let answer = await call(retrieveView(collector, view, PROPERTIES, PAGE_OBJECTS));
  for (;;) {
    const page = childOf(answer, 'returnval');
    for (const object of childrenOf(page, 'objects')) addObject(found, object);
    const token = textAt(page, 'token');
    if (token === '') break;
    if (found.size > MAX_OBJECTS) throw new GatherError('limit', `It has more than ${MAX_OBJECTS} objects.`);
    answer = await call(continueRetrieve(collector, token));
  }
  await call(destroyView(view));
  return found;
}

function addObject(found: Map<string, Found>, object: XmlElement): void {
  const ref = refOf(childOf(object, 'obj'));
  if (ref === undefined) return;
  const properties = new Map<string, string>();
  for (const set of childrenOf(object, 'propSet')) {
    properties.set(textAt(set, 'name'), textAt(set, 'val'));
  }
  found.set(ref.id, { ref, name: properties.get('name') ?? '', properties });
}

const KINDS: Readonly<Record<string, KindName>> = {
  Datacenter: 'datacenter',
  ClusterComputeResource: 'cluster',
  ResourcePool: 'resourcepool',
  HostSystem: 'host',
  VirtualMachine: 'vm',
  Datastore: 'datastore',
};

/** Returns the kind of an object; a VM that is off has nothing to measure. */
function kindOf(one: Found): KindName | undefined {
  const kind = Object.hasOwn(KINDS, one.ref.type) ? KINDS[one.ref.type] : undefined;
  return kind === 'vm' && textOf(one, 'runtime.powerState') !== 'poweredOn' ? undefined : kind;
}

function describe(one: Found, kind: KindName, found: ReadonlyMap<string, Found>): Record<string, string> {
  const parent = parentOf(one, found);
  const isInCluster = parent?.ref.type === 'ClusterComputeResource';
  switch (kind) {
    case 'datacenter':
      return { dcname: one.name };
    case 'cluster':
      return { clustername: one.name };
    case 'resourcepool':
      return { rpname: one.name, ...(isInCluster ? { clustername: parent.name } : {}) };
    case 'host':
      return { esxhostname: one.name, ...(isInCluster ? { clustername: parent.name } : {}) };
    case 'datastore':
      return { dsname: one.name };
    case 'vm':
      return describeVm(one, parent, found);
  }
}

function describeVm(
  one: Found,
  host: Found | undefined,
  found: ReadonlyMap<string, Found>,
): Record<string, string> {
  const pool = found.get(textOf(one, 'resourcePool'));
  const tags: Record<string, string> = {
    vmname: one.name,
    uuid: textOf(one, 'config.uuid'),
    rpname: pool?.name ?? 'Resources',
  };
  if (host === undefined) return tags;
  const above = parentOf(host, found);
  return {
    ...tags,
    esxhostname: host.name,
    guest: guestOf(one),
    guesthostname: textOf(one, 'guest.hostName'),
    ...(above?.ref.type === 'ClusterComputeResource' ? { clustername: above.name } : {}),
  };
}

/** Returns the system of a VM, as its tools say, else as it was made for. */
function guestOf(one: Found): string {
  const configured = textOf(one, 'config.guestId');
  if (configured === '' && textOf(one, 'config.uuid') === '') return 'unknown';
  return (textOf(one, 'guest.guestId') || configured).replace(/Guest$/, '');
}

function ancestorTag(one: Found, found: ReadonlyMap<string, Found>): Record<string, string> {
  let at = parentOf(one, found);
  for (let steps = 0; at !== undefined && steps < MAX_ANCESTORS; steps += 1) {
    if (at.ref.type === 'Datacenter') return { dcname: at.name };
    at = parentOf(at, found);
  }
  return {};
}

/** Returns the object above: of a VM the host that runs it. */
function parentOf(one: Found, found: ReadonlyMap<string, Found>): Found | undefined {
  return found.get(textOf(one, one.ref.type === 'VirtualMachine' ? 'runtime.host' : 'parent'));
}

function textOf(one: Found, property: string): string {
  return one.properties.get(property) ?? '';
}
