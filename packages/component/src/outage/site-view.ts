import type { TargetReport } from '../intake/target-report.ts';

/** A node that does not answer, as it was last polled. */
export interface SilentNode {
  id: string;
  name: string;
  /** What the input that was tried last met, in words. */
  message: string;
}

/** What a collector sees of its nodes. */
export interface SiteView {
  total: number;
  /** Nodes of which some input has an answer, also one that says no to a login. */
  answering: number;
  /** Of those that answer, nodes with an input that fails. */
  troubled: number;
  /** Nodes of which nothing is known yet: they were not polled since the start. */
  unknown: number;
  /** In the order of their names. */
  silent: SilentNode[];
}

/** States of an input in which nothing was heard of the node: `refused` is also a network or a port that is not there. */
const SILENT: ReadonlySet<TargetReport['status']> = new Set(['timeout', 'refused']);

/**
 * Says which nodes answer, as they were last polled.
 *
 * @param names of the nodes of the config, by id
 */
export function viewSite(targets: readonly TargetReport[], names: ReadonlyMap<string, string>): SiteView {
  const byNode = Map.groupBy(targets, ({ node_id: id }) => id);
  const ids = new Set([...names.keys(), ...byNode.keys()]);
  const view: SiteView = { total: ids.size, answering: 0, troubled: 0, unknown: 0, silent: [] };
  for (const id of ids) {
    const own = byNode.get(id) ?? [];
    const first = own.find(({ status }) => status !== 'ok');
    if (own.length === 0) view.unknown += 1;
    else if (own.every(({ status }) => SILENT.has(status))) {
      const message = first === undefined ? '' : `${first.input}: ${first.message || 'no answer'}`;
      view.silent.push({ id, name: names.get(id) ?? id, message });
    } else {
      view.answering += 1;
      if (first !== undefined) view.troubled += 1;
    }
  }
  view.silent.sort((a, b) => (a.name < b.name ? -1 : 1));
  return view;
}
