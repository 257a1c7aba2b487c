import type { ListAnswer, MaintenanceWindow } from '@stratora/contract';
import { CommandLineError } from './command-line-error.ts';
import { readDuration } from './duration-text.ts';
import { findByName } from './named-object.ts';
import { CallFailed, type UserApi } from './user-api.ts';
import {
  CONNECTION_HELP,
  columns,
  EXIT_HELP,
  runUserCommand,
  type UserActions,
  type UserInvocation,
} from './user-command.ts';

const SCOPES = ['node', 'group', 'site'] as const;
const ACTIONS: UserActions['actions'] = {
  start: { options: [...SCOPES, 'for', 'reason', 'name'] },
  list: { options: ['state'] },
  end: { options: [], words: true },
};

const COMMAND: UserActions = {
  name: 'maintenance',
  actions: ACTIONS,
  run(api, invocation) {
    if (invocation.action === 'start') return start(api, invocation);
    return invocation.action === 'list' ? list(api, invocation) : end(api, invocation);
  },
};

const START_HELP = `  --node NAME        name or id of a node, or
  --group NAME       of a node group, or
  --site NAME        of a site
  --for DURATION     how long, from now on: 90m, 2h, 1d
  --reason TEXT      why, for others to read
  --name NAME        what the window is called; made of the scope by default
`;

/** Renders the help of \`stratora maintenance\`, or of one of its actions. */
export function maintenanceHelp(action?: string): string {
  const tail = `${CONNECTION_HELP}\n${EXIT_HELP}`;
  if (action === 'start') {
    return `Starts a maintenance window now: alerts are kept, nobody is told of them until it ends.\n\nUsage: stratora maintenance start --node NAME --for 2h [options]\n\n${START_HELP}${tail}`;
  }
  if (action === 'list') {
    return `Lists maintenance windows.\n\nUsage: stratora maintenance list [options]\n\n  --state STATE      active, scheduled or over; all by default\n${tail}`;
  }
  if (action === 'end') {
    return `Ends running maintenance windows now.\n\nUsage: stratora maintenance end ID... [options]\n\n${tail}`;
  }
  return `Maintenance windows of a running server.

Usage: stratora maintenance start|list|end [options]

  start              starts one now: --node NAME --for 2h --reason "..."
  list               lists them
  end ID...          ends running ones, by the ids that list shows

${CONNECTION_HELP}
"stratora maintenance start --help" and so on say which options are for one action.

${EXIT_HELP}`;
}

export function runMaintenanceCommand(args: readonly string[]): Promise<number> {
  return runUserCommand(COMMAND, args, process.env);
}

async function start(api: UserApi, { options }: UserInvocation) {
  const given = SCOPES.filter((scope) => options[scope] !== undefined);
  const [type] = given;
  if (type === undefined || given.length > 1)
    throw new CommandLineError('give one of --node, --group and --site', 2);
  const seconds = readDuration(options['for'] ?? '');
  if (seconds === undefined) throw new CommandLineError('give how long with --for, such as --for 2h', 2);
  const { id, name } = await findByName(api, type, options[type] ?? '');
  const startsAt = api.serverTime;
  const { reason } = options;
  const made = await api.call<MaintenanceWindow>('POST', '/maintenance-windows', {
    name: options['name'] ?? `Maintenance of ${name}`,
    scope: { type, id },
    starts_at: startsAt.toISOString(),
    ends_at: new Date(startsAt.getTime() + seconds * 1000).toISOString(),
    ...(reason === undefined ? {} : { reason }),
  });
  return { value: made, text: `${made.id}  ${made.name}, until ${utc(made.ends_at)}\n` };
}

async function list(api: UserApi, { options }: UserInvocation) {
  const query = new URLSearchParams({ limit: '500' });
  if (options['state'] !== undefined) query.set('state', options['state']);
  const answer = await api.call<ListAnswer<MaintenanceWindow>>(
    'GET',
    `/maintenance-windows?${query.toString()}`,
  );
  const rows = answer.items.map((window) => [
    window.id,
    window.state,
    utc(window.current_starts_at ?? window.next_starts_at ?? window.starts_at),
    utc(window.current_ends_at ?? window.next_ends_at ?? window.ends_at),
    `${window.scope.type} ${window.scope_name ?? ''}`.trim(),
    window.name,
  ]);
  const head = ['ID', 'STATE', 'FROM', 'TO', 'SCOPE', 'NAME'];
  return { value: answer, text: rows.length === 0 ? 'No maintenance windows.\n' : columns(head, rows) };
}

async function end(api: UserApi, { words }: UserInvocation) {
  if (words.length === 0)
    throw new CommandLineError('give the id of a window, as "stratora maintenance list" shows it', 2);
  const ended: MaintenanceWindow[] = [];
  const failed: { id: string; code: string; message: string }[] = [];
  for (const id of words) {
    try {
      ended.push(
        await api.call<MaintenanceWindow>('POST', `/maintenance-windows/${encodeURIComponent(id)}/end`),
      );
    } catch (error) {
      if (!(error instanceof CallFailed) || words.length === 1) throw error;
      failed.push({ id, code: error.code, message: error.message });
    }
  }
  const lines = [
    ...ended.map(({ id, name }) => `${id}  ${name} ended`),
    ...failed.map(({ id, message }) => `${id}  not ended: ${message}`),
  ];
  return {
    value: { items: ended, failed },
    text: lines.map((line) => `${line}\n`).join(''),
    isDone: failed.length === 0,
  };
}

function utc(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}
