import { parseArgs } from 'node:util';
import { CommandLineError } from './command-line-error.ts';
import { CallFailed, UserApi } from './user-api.ts';

const CONNECTION = ['server', 'token', 'token-file', 'user', 'ca-file', 'data-dir'] as const;

export const CONNECTION_HELP = `  --server URL       https address of the server                                       STRATORA_SERVER_URL
  --data-dir DIR     without a server: the one that runs on this data directory (./data)  STRATORA_DATA_DIR
  --ca-file FILE     its authority (tls/ca.crt of the server)                          STRATORA_CA_FILE
  --token TOKEN      bearer token; better by variable or file, where no list of processes shows it
  --token-file FILE  file that holds it                                                STRATORA_TOKEN(_FILE)
  --user NAME        instead of a token, with the variable STRATORA_PASSWORD           STRATORA_USER
  --json             one JSON document, for programs
`;

export const EXIT_HELP = `Exit codes: 0 done, 1 not done, 2 wrong options.
`;

/** An action as it was asked for. */
export interface UserInvocation {
  readonly action: string;
  /** Words behind the action. */
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | undefined>>;
}

/** What a command does, and with which options. */
export interface UserActions {
  readonly name: string;
  /** Options of each action beside those of the connection; `words` says whether words may follow it. */
  readonly actions: Readonly<Record<string, { options: readonly string[]; words?: boolean }>>;
  /** Does it. @returns what `--json` prints, the text for people, and whether it was done, where that is not sure */
  run(api: UserApi, invocation: UserInvocation): Promise<{ value: unknown; text: string; isDone?: boolean }>;
}

/** Runs a command that speaks to a server as a user. @returns the exit code */
export async function runUserCommand(
  command: UserActions,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const { invocation, json } = readInvocation(command, args);
  const { options } = invocation;
  let api: UserApi | undefined;
  try {
    api = await UserApi.open(
      {
        server: options['server'],
        token: options['token'],
        tokenFile: options['token-file'],
        user: options['user'],
        caFile: options['ca-file'],
        dataDir: options['data-dir'],
      },
      environment,
    );
    const { value, text, isDone = true } = await command.run(api, invocation);
    process.stdout.write(json ? `${JSON.stringify(value)}\n` : text);
    return isDone ? 0 : 1;
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    const { code, message } = error;
    if (json) process.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
    else process.stderr.write(`stratora ${command.name}: ${message}\n`);
    return 1;
  } finally {
    api?.close();
  }
}

/** Takes a command line apart. @throws CommandLineError for an option that there is not */
function parse(args: readonly string[], names: readonly string[]) {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  try {
    return parseArgs({
      args: [...args],
      options: { ...options, json: { type: 'boolean' as const } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new CommandLineError((error as Error).message.split('\n')[0] ?? '', 2);
  }
}

function readInvocation({ actions }: UserActions, args: readonly string[]) {
  const names = Object.keys(actions);
  const own = Object.values(actions).flatMap(({ options }) => options);
  const read = parse(args, [...CONNECTION, ...own]);
  const [action = '', ...words] = read.positionals;
  const known = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (known === undefined) throw new CommandLineError(`give one of ${names.join(', ')}`, 2);
  if (words.length > 0 && known.words !== true) {
    throw new CommandLineError(`"${words[0]}" is one word too many`, 2);
  }
  const options: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(read.values as Record<string, unknown>)) {
    if (typeof value !== 'string') continue;
    if (value.trim() === '') throw new CommandLineError(`--${name} is empty`, 2);
    const isOwn = known.options.includes(name) || (CONNECTION as readonly string[]).includes(name);
    if (!isOwn) throw new CommandLineError(`--${name} does not go with "${action}"`, 2);
    options[name] = value;
  }
  return {
    invocation: { action, words, options } satisfies UserInvocation,
    json: read.values['json'] === true,
  };
}

/** Writes rows as columns, each as wide as its longest cell. */
export function columns(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, index) => Math.max(...all.map((row) => (row[index] ?? '').length)));
  return all
    .map(
      (row) =>
        `${row
          .map((cell, index) => cell.padEnd(widths[index] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
