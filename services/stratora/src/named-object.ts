import type { ListAnswer } from '@stratora/contract';
import { CallFailed, type UserApi } from './user-api.ts';

const PATHS = { node: '/nodes', site: '/sites', group: '/node-groups' } as const;
const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

export interface NamedObject {
  readonly id: string;
  readonly name: string;
}

/** Finds a node, site or group by its id, or by its whole name in letters of either case. @throws CallFailed */
export async function findByName(api: UserApi, what: keyof typeof PATHS, name: string): Promise<NamedObject> {
  if (ID.test(name)) return api.call<NamedObject>('GET', `${PATHS[what]}/${name.toLowerCase()}`);
  const query = new URLSearchParams({ search: name, limit: '500' });
  const { items } = await api.call<ListAnswer<NamedObject>>('GET', `${PATHS[what]}?${query.toString()}`);
  const same = items.filter((one) => one.name === name);
  const found = same.length > 0 ? same : items.filter((one) => one.name.toLowerCase() === name.toLowerCase());
  const [first, second] = found;
  if (first === undefined) throw new CallFailed('not_found', `There is no ${what} called ${name}.`);
  if (second !== undefined) {
    throw new CallFailed('conflict', `${found.length} ${what}s are called ${name}; give the id.`);
  }
  return first;
}
