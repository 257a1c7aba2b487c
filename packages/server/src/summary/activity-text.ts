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

/** One line for people: "press-07 is offline", "anna created node press-07". */
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

/** Actions are written `object.verb`, as in `node.created`. */
function actionText({ kind, actor, detail, node_name: nodeName }: ActivityRow): string {
  const [object = kind, verb = 'changed'] = kind.split('.');
  const name = nodeName ?? detail?.['name'] ?? detail?.['hostname'];
  const what = `${object.replaceAll('_', ' ')}${typeof name === 'string' ? ` ${name}` : ''}`;
  return `${actor ?? 'system'} ${verb.replaceAll('_', ' ')} ${what}`;
}
