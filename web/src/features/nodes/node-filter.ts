import type { Node, NodeStatus } from '@stratora/contract';
import { isReadInPart } from '@stratora/contract/node-reason';
import { foldText } from '@stratora/contract/text-fold';

/** The filter of the list of nodes; all of it is in the URL. */
export interface NodeFilter {
  readonly search: string;
  readonly statuses: readonly NodeStatus[];
  readonly site: string | undefined;
  readonly type: string | undefined;
  readonly collector: string | undefined;
  /** True for those alone that are not well or cannot be read in full. */
  readonly attention: boolean;
}

const UNWELL: ReadonlySet<NodeStatus> = new Set<NodeStatus>(['offline', 'critical', 'warning', 'unknown']);

const STATUSES: ReadonlySet<string> = new Set<NodeStatus>([
  'discovering',
  'healthy',
  'warning',
  'critical',
  'offline',
  'unknown',
  'maintenance',
]);

/** Reads a filter from a URL; what it does not know it leaves out. */
export function readFilter(parameters: URLSearchParams): NodeFilter {
  const text = (name: string) => {
    const value = parameters.get(name);
    return value === null || value === '' ? undefined : value;
  };
  return {
    search: parameters.get('q') ?? '',
    statuses: (parameters.get('status') ?? '')
      .split(',')
      .filter((status): status is NodeStatus => STATUSES.has(status)),
    site: text('site'),
    type: text('type'),
    collector: text('collector'),
    attention: parameters.get('attention') === '1',
  };
}

/** Writes a change of the filter into a URL; what is empty leaves it. */
export function writeFilter(parameters: URLSearchParams, change: Partial<NodeFilter>): URLSearchParams {
  const next = new URLSearchParams(parameters);
  const put = (name: string, value: string | undefined) => {
    if (value === undefined || value === '') next.delete(name);
    else next.set(name, value);
  };
  if ('search' in change) put('q', change.search);
  if ('statuses' in change) put('status', change.statuses?.join(','));
  if ('site' in change) put('site', change.site);
  if ('type' in change) put('type', change.type);
  if ('collector' in change) put('collector', change.collector);
  if ('attention' in change) put('attention', change.attention ? '1' : undefined);
  return next;
}

export function isFiltering(filter: NodeFilter): boolean {
  return (
    filter.search !== '' ||
    filter.attention ||
    filter.statuses.length > 0 ||
    filter.site !== undefined ||
    filter.type !== undefined ||
    filter.collector !== undefined
  );
}

/** Nodes that match everything: each word of the search is somewhere in name, address, site, template or type. */
export function filterNodes(nodes: readonly Node[], filter: NodeFilter): readonly Node[] {
  if (!isFiltering(filter)) return nodes;
  const words = foldText(filter.search).split(/\s+/).filter(Boolean);
  const statuses = new Set<NodeStatus>(filter.statuses);
  return nodes.filter(
    (node) =>
      (statuses.size === 0 || statuses.has(node.status)) &&
      (filter.site === undefined || node.site_id === filter.site) &&
      (filter.type === undefined || node.node_type === filter.type) &&
      (filter.collector === undefined || node.collector_id === filter.collector) &&
      (!filter.attention || UNWELL.has(node.status) || isReadInPart(node)) &&
      matches(node, words),
  );
}

function matches(node: Node, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = foldText(
    `${node.name}\n${node.ip_address}\n${node.fqdn ?? ''}\n${node.site_name}\n${node.template}\n${node.node_type}\n${node.os ?? ''}`,
  );
  return words.every((word) => text.includes(word));
}
