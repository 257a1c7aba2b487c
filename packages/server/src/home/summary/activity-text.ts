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

/** Describes an activity in a line for people: "press-07 is offline", "anna created node press-07". */
export function describeActivity(row: ActivityRow): Activity {
  return {
    id: row.id,
    time: row.time.toISOString(),
    kind: row.kind,
    text: row.kind === 'node_status' ? statusText(row) : actionText(row),
    node_id: row.node_id,
    actor: row.actor,
  };
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
};

/** Describes an action, which is written `object.verb`, as in `node.create`. */
function actionText({ kind, actor, detail, node_name: nodeName }: ActivityRow): string {
  if (kind === 'component.register') return `${actor} registered`;
  if (kind === 'component.register_again') return `${actor} registered again`;
  const [object = kind, verb = 'update'] = kind.split('.');
  const name = nodeName ?? detail?.['name'] ?? detail?.['username'] ?? detail?.['hostname'];
  const done = DONE[verb] ?? verb.replaceAll('_', ' ');
  const what = `${object.replaceAll('_', ' ')}${typeof name === 'string' ? ` ${name}` : ''}`;
  return `${actor ?? 'server'} ${done} ${what}`;
}
