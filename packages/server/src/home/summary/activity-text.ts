import type { Activity } from '@stratora/contract';
import type { ActivityRow } from './summary-queries.ts';

const STATUS_WORDS: Readonly<Record<string, string>> = {
  discovering: 'is being discovered',
  healthy: 'is healthy',
  warning: 'has a warning',
  critical: 'is critical',
  offline: 'is offline',
  unknown: 'is in an unknown state',
  maintenance: 'is in maintenance',
};

const MANY_WORDS: Readonly<Record<string, string>> = {
  discovering: 'are being discovered',
  healthy: 'are healthy',
  warning: 'have a warning',
  critical: 'are critical',
  offline: 'are offline',
  unknown: 'are in an unknown state',
  maintenance: 'are in maintenance',
};

/** Describes an activity in a line for people: "press-07 is offline", "anna created node press-07". */
export function describeActivity(row: ActivityRow): Omit<Activity, 'count' | 'nodes' | 'sites'> {
  return {
    id: row.id,
    time: row.time.toISOString(),
    kind: row.kind,
    text: row.kind === 'node_status' ? statusText(row) : actionText(row),
    node_id: row.node_id,
    actor: row.actor,
  };
}

/** Describes many activities of one kind in a line: "60 nodes are healthy", "anna created 12 nodes". */
export function describeMany(row: ActivityRow, count: number): string {
  const { kind, actor, old_status: before, new_status: after } = row;
  if (kind === 'node_status') {
    const nodes = count === 1 ? '1 node' : `${count} nodes`;
    const words = MANY_WORDS[after ?? ''] ?? `are ${after}`;
    const fits = count === 1 ? (STATUS_WORDS[after ?? ''] ?? `is ${after}`) : words;
    return `${nodes} ${fits}${after === 'healthy' && before !== 'discovering' ? ' again' : ''}`;
  }
  if (kind === 'component.register') return `${count} components registered`;
  if (kind === 'component.register_again') return `${count} components registered again`;
  const { object, done } = wordsOfAction(kind);
  const objects = object.endsWith('y') ? `${object.slice(0, -1)}ies` : `${object}s`;
  return `${actor ?? 'server'} ${done} ${count} ${objects}`;
}

function wordsOfAction(kind: string): { object: string; done: string } {
  const [object = kind, verb = 'update'] = kind.split('.');
  return { object: object.replaceAll('_', ' '), done: DONE[verb] ?? verb.replaceAll('_', ' ') };
}

function statusText({ node_name: name, old_status: before, new_status: after }: ActivityRow): string {
  const words = STATUS_WORDS[after ?? ''] ?? `is ${after}`;
  const again = after === 'healthy' && before !== 'discovering' ? ' again' : '';
  return `${name ?? 'A node'} ${words}${again}`;
}

/** The verbs of the audit log in the past tense. */
const DONE: Readonly<Record<string, string>> = {
  create: 'created',
  update: 'changed',
  delete: 'deleted',
  register: 'registered',
  approve: 'approved',
  reject: 'rejected',
  revoke: 'revoked',
  reveal: 'revealed',
  reload: 'reloaded',
  install: 'installed',
  rotate_key: 'rotated the key of',
  pin_config: 'held the config of',
  unpin_config: 'gave the newest config to',
  stop: 'stopped',
  resume: 'resumed',
  finish: 'finished',
  attach_credential: 'attached a credential to',
  detach_credential: 'detached a credential from',
  move_to_site: 'moved',
  assign_collector: 'gave another collector to',
  set_parents: 'set the parents of',
  add_override: 'added an override to',
  remove_override: 'removed an override from',
  begin_maintenance: 'began maintenance of',
  end: 'ended',
  rerun: 'began again',
  cancel: 'cancelled',
  import: 'imported devices of',
  ignore: 'ignored devices of',
  unignore: 'no longer ignores devices of',
  merge: 'merged devices of',
  split: 'split a device of',
  acknowledge: 'acknowledged',
  unacknowledge: 'no longer acknowledges',
  mute: 'muted',
  unmute: 'unmuted',
};

/** Describes an action, which is written `object.verb`, as in `node.create`. */
function actionText({ kind, actor, detail, node_name: nodeName }: ActivityRow): string {
  if (kind === 'component.register') return `${actor} registered`;
  if (kind === 'component.register_again') return `${actor} registered again`;
  const { object, done } = wordsOfAction(kind);
  const count = detail?.['count'];
  if (typeof count === 'number')
    return `${actor ?? 'server'} ${done} ${count} ${object}${count === 1 ? '' : 's'}`;
  // The name of a node is that which it has now; other things may only be about a node.
  const own = object === 'node' ? undefined : detail?.['name'];
  const name = own ?? nodeName ?? detail?.['name'] ?? detail?.['username'] ?? detail?.['hostname'];
  const what = `${object}${typeof name === 'string' ? ` ${name}` : ''}`;
  return `${actor ?? 'server'} ${done} ${what}`;
}
