import type { Alert, BulkAlertsAnswer, ListAnswer } from '@stratora/contract';
import { sanitizeText } from '@stratora/runtime';
import { CommandLineError } from './command-line-error.ts';
import { findByName } from './named-object.ts';
import type { UserApi } from './user-api.ts';
import {
  CONNECTION_HELP,
  columns,
  EXIT_HELP,
  runUserCommand,
  type UserActions,
  type UserInvocation,
} from './user-command.ts';

const LIST_OPTIONS = ['state', 'severity', 'node', 'site', 'search', 'limit'] as const;

const COMMAND: UserActions = {
  name: 'alerts',
  actions: { list: { options: LIST_OPTIONS }, ack: { options: ['comment'], words: true } },
  run: (api, invocation) =>
    invocation.action === 'list' ? list(api, invocation) : acknowledge(api, invocation),
};

const LIST_HELP = `  --state STATE      active (by default) or resolved
  --severity S       info, warning or critical
  --node NAME        name or id of a node
  --site NAME        name or id of a site
  --search TEXT      what is in the text of the alert, or the name of its node
  --limit N          how many, the newest first: 50 by default, 500 at most
`;
const ACK_HELP = `  --comment TEXT     what others shall know
`;

/** Renders the help of \`stratora alerts\`, or of one of its actions. */
export function alertsHelp(action?: string): string {
  if (action === 'list') {
    return `Lists alerts.\n\nUsage: stratora alerts list [options]\n\n${LIST_HELP}${CONNECTION_HELP}\n${EXIT_HELP}`;
  }
  if (action === 'ack') {
    return `Acknowledges alerts, so that nobody further is told of them unless they get worse.\n\nUsage: stratora alerts ack ID... [options]\n\n${ACK_HELP}${CONNECTION_HELP}\n${EXIT_HELP}`;
  }
  return `Alerts of a running server.

Usage: stratora alerts list|ack [options]

  list               lists them
  ack ID...          acknowledges them, by the ids that list shows

${CONNECTION_HELP}
"stratora alerts list --help" and so on say which options are for one action.

${EXIT_HELP}`;
}

export function runAlertsCommand(args: readonly string[]): Promise<number> {
  return runUserCommand(COMMAND, args, process.env);
}

async function list(api: UserApi, { options }: UserInvocation) {
  const query = new URLSearchParams({ state: options['state'] ?? 'active', limit: options['limit'] ?? '50' });
  for (const name of ['severity', 'search'] as const)
    if (options[name] !== undefined) query.set(name, options[name]);
  if (options['node'] !== undefined)
    query.set('node_id', (await findByName(api, 'node', options['node'])).id);
  if (options['site'] !== undefined)
    query.set('site_id', (await findByName(api, 'site', options['site'])).id);
  const answer = await api.call<ListAnswer<Alert>>('GET', `/alerts?${query.toString()}`);
  const rows = answer.items.map((alert) => [
    alert.id,
    alert.severity,
    alert.triggered_at.slice(0, 19).replace('T', ' '),
    marksOf(alert),
    line(alert.node_name ?? alert.component_name ?? 'Stratora', 40),
    line(alert.summary, 200),
  ]);
  const rest = answer.total - answer.items.length;
  const text =
    rows.length === 0
      ? 'No alerts.\n'
      : columns(['ID', 'SEVERITY', 'SINCE (UTC)', 'MARKS', 'NODE', 'SUMMARY'], rows) +
        (rest > 0 ? `${rest} more\n` : '');
  return { value: answer, text };
}

function marksOf({ acknowledged, muted, held, flapping_since: flapping }: Alert): string {
  const marks = [
    ...(acknowledged === null ? [] : ['acknowledged']),
    ...(muted === null ? [] : ['muted']),
    ...(held === null ? [] : [held.by]),
    ...(flapping === null ? [] : ['unstable']),
  ];
  return marks.length === 0 ? '-' : [...new Set(marks)].join(',');
}

/** Text of others on one line, without what a terminal would obey. */
function line(text: string, most: number): string {
  return sanitizeText(text.replaceAll('\t', ' '), most);
}

async function acknowledge(api: UserApi, { words, options }: UserInvocation) {
  if (words.length === 0)
    throw new CommandLineError('give the id of an alert, as "stratora alerts list" shows it', 2);
  const { comment } = options;
  const answer = await api.call<BulkAlertsAnswer>('POST', '/alerts/bulk', {
    alert_ids: words,
    action: 'acknowledge',
    ...(comment === undefined ? {} : { comment }),
  });
  const lines = answer.results.map(({ alert_id: id, result }) => `${id}  ${RESULT_WORDS[result]}\n`);
  const isDone = answer.results.every(({ result }) => result === 'changed' || result === 'unchanged');
  return { value: answer, text: lines.join(''), isDone };
}

const RESULT_WORDS = {
  changed: 'acknowledged',
  unchanged: 'was acknowledged already',
  resolved: 'is resolved, nothing was done',
  not_found: 'does not exist',
} as const;
