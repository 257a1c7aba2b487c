import { BerWriter } from './ber-writer.ts';
import { ValueType } from './cell.ts';
import { CommunityCodec } from './community-codec.ts';
import type { Dispatcher } from './dispatcher.ts';
import { GetWork, type WorkContext } from './get-work.ts';
import type { HostAddress } from './host-address.ts';
import type { MessageCodec } from './message-codec.ts';
import { readOidText } from './oid-codec.ts';
import { compileOids, type OidPlan } from './oid-plan.ts';
import { Operation } from './operation.ts';
import type { Peer } from './peer.ts';
import { RequestBudget } from './request-budget.ts';
import type { RequestWork } from './request-work.ts';
import type { CellHandler, RequestOptions, SnmpSession, WalkOptions } from './snmp-api.ts';
import { isSnmpError, SnmpError } from './snmp-error.ts';
import type { SnmpTable } from './snmp-table.ts';
import type { SnmpTarget } from './snmp-target.ts';
import { UsmCodec } from './usm-codec.ts';
import type { PasswordKeyCache } from './usm-keys.ts';
import { readValue, type SnmpVarbind } from './value-reader.ts';
import { WalkWork } from './walk-work.ts';

const DEFAULT_PORT = 161;
const DEFAULT_TIMEOUT_MS = 5_000;
const DEFAULT_RETRIES = 3;
const DEFAULT_REPETITIONS = 10;
const DEFAULT_BUDGET_MS = 60_000;
/** Wait for an answer while the address of a name that answers is not known. */
const SEARCH_TIMEOUT_MS = 1_000;
/** Most walks whose length a session remembers. */
const MAX_REMEMBERED_WALKS = 64;

export interface SessionOptions {
  readonly dispatcher: Dispatcher;
  readonly host: HostAddress;
  readonly passwordKeys: PasswordKeyCache;
}

/** A request with all that does not depend on the address. */
interface Call {
  readonly budget: RequestBudget;
  readonly signal: AbortSignal | undefined;
  readonly makeWork: (peer: Peer, budget: RequestBudget) => RequestWork;
  /** The waiting for an answer, where it is not as the target says. */
  readonly patience?: { readonly timeoutMs: number; readonly retries: number };
}

/** A session with one target; see `SnmpSession` for the contract. */
export class Session implements SnmpSession {
  readonly target: SnmpTarget;
  private readonly options: SessionOptions;
  private peer: Peer | undefined;
  private codec: MessageCodec | undefined;
  /** The end of the last call that had addresses to choose from. */
  private searching: Promise<unknown> = Promise.resolve();
  private readonly rowsOf = new Map<OidPlan, number>();
  private isClosed = false;

  constructor(target: SnmpTarget, options: SessionOptions) {
    this.target = target;
    this.options = options;
  }

  get(plan: OidPlan, onCell: CellHandler, options: RequestOptions = {}): Promise<void> {
    const { report } = options;
    return this.run(
      options,
      (peer, budget) => new GetWork(this.context(peer, budget, { plan, onCell, report })),
    );
  }

  async walk(plan: OidPlan, onCell: CellHandler, options: WalkOptions = {}): Promise<void> {
    const { report } = options;
    let walk: WalkWork | undefined;
    try {
      await this.run(options, (peer, budget) => {
        walk = new WalkWork(this.context(peer, budget, { plan, onCell, report }), {
          maxRepetitions: Math.max(1, options.maxRepetitions ?? DEFAULT_REPETITIONS),
          isStepwise: this.target.version === 1 || this.target.pace?.getBulk === false,
          expectedRows: this.rowsOf.get(plan) ?? 0,
          maxRows: options.maxRows,
        });
        return walk;
      });
    } finally {
      const open = walk === undefined ? plan.oids.map((_, column) => column) : walk.openColumns();
      if (report !== undefined && open.length > 0) report.openColumns = open;
    }
    if (walk === undefined) return;
    if (this.rowsOf.size >= MAX_REMEMBERED_WALKS && !this.rowsOf.has(plan)) this.rowsOf.clear();
    this.rowsOf.set(plan, walk.rows);
  }

  walkTable(plan: OidPlan, table: SnmpTable, options: WalkOptions = {}): Promise<void> {
    table.reset(plan.oids.length);
    return this.walk(plan, (cell) => table.add(cell), options);
  }

  async getValues(oids: readonly string[], options: RequestOptions = {}): Promise<SnmpVarbind[]> {
    const plan = compileOids(oids);
    const values: SnmpVarbind[] = plan.oids.map((oid) => ({ oid, type: ValueType.null, value: null }));
    await this.get(
      plan,
      (cell) => {
        values[cell.column] = { oid: plan.oids[cell.column] ?? '', type: cell.type, value: readValue(cell) };
      },
      options,
    );
    return values;
  }

  async walkValues(oid: string, options: WalkOptions = {}): Promise<SnmpVarbind[]> {
    const plan = compileOids([oid]);
    const root = plan.encoded[0]?.length ?? 0;
    const values: SnmpVarbind[] = [];
    await this.walk(
      plan,
      (cell) => {
        const text = readOidText(cell.buffer, cell.indexStart - root, cell.indexEnd);
        values.push({ oid: text, type: cell.type, value: readValue(cell) });
      },
      options,
    );
    return values;
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.leavePeer();
  }

  private context(
    peer: Peer,
    budget: RequestBudget,
    rest: Pick<WorkContext, 'plan' | 'onCell' | 'report'>,
  ): WorkContext {
    const { sizing, bulk } = peer;
    return { ...rest, sizing, bulk, budget, counters: this.options.dispatcher.counters };
  }

  private run(options: RequestOptions, makeWork: Call['makeWork']): Promise<void> {
    const { signal } = options;
    if (signal?.aborted === true) return Promise.reject(signal.reason);
    const budget = options.budget ?? new RequestBudget({ durationMs: DEFAULT_BUDGET_MS });
    const call = { budget, signal, makeWork };
    const { host } = this.options;
    const address = host.known();
    if (address !== undefined && !host.hasChoice) return this.start(address, call);
    // One search at a time: a session speaks with one peer.
    const search = this.searching.then(() => this.runAtSome(call));
    this.searching = search.catch(() => undefined);
    return search;
  }

  /** Runs a call at the address that answers; where none is known, asks each once before one is waited for in full. */
  private async runAtSome(call: Call): Promise<void> {
    const { host } = this.options;
    const addresses = await host.find();
    call.signal?.throwIfAborted();
    const known = host.known();
    if (known !== undefined) return this.runAt(known, call);
    for (const address of addresses) {
      if (await this.answersAt(address, call)) return;
    }
    return this.runAt(addresses[0] ?? '', call);
  }

  private async runAt(address: string, call: Call): Promise<void> {
    const { host } = this.options;
    const before = call.budget.answers;
    try {
      await this.start(address, call);
    } catch (error) {
      if (isNobody(error) && call.budget.answers === before) host.doubt(address);
      throw error;
    }
    host.prove(address);
  }

  /** Runs a call with one short try; false where nobody answers, so that the next address has its turn soon. */
  private async answersAt(address: string, call: Call): Promise<boolean> {
    const before = call.budget.answers;
    try {
      const timeoutMs = Math.min(this.target.timeoutMs ?? DEFAULT_TIMEOUT_MS, SEARCH_TIMEOUT_MS);
      await this.start(address, { ...call, patience: { timeoutMs, retries: 0 } });
    } catch (error) {
      if (isNobody(error) && call.budget.answers === before) return false;
      // Somebody is there: what went wrong then has nothing to do with the address.
      if (call.budget.answers > before) this.options.host.prove(address);
      throw error;
    }
    this.options.host.prove(address);
    return true;
  }

  private start(address: string, { budget, signal, makeWork, patience }: Call): Promise<void> {
    if (this.isClosed) return Promise.reject(closedError());
    const peer = this.peerAt(address);
    return new Promise((resolve, reject) => {
      const operation = new Operation({
        work: makeWork(peer, budget),
        codec: this.codecFor(peer),
        budget,
        timeoutMs: patience?.timeoutMs ?? this.target.timeoutMs ?? DEFAULT_TIMEOUT_MS,
        retries: patience?.retries ?? this.target.retries ?? DEFAULT_RETRIES,
        gapMs: 1000 / (this.target.pace?.requestsPerSecond ?? Number.POSITIVE_INFINITY),
        owner: this,
        onDone: (error: unknown) => {
          signal?.removeEventListener('abort', onAbort);
          if (error === undefined) resolve();
          else reject(this.inContext(error));
        },
      });
      const onAbort = (): void => peer.cancel(operation, signal?.reason);
      signal?.addEventListener('abort', onAbort, { once: true });
      peer.enqueue(operation);
    });
  }

  /** Names the SNMPv3 context in an error that says that access is not allowed: it decides what may be read. */
  private inContext(error: unknown): unknown {
    const context = this.target.version === 3 ? (this.target.user.contextName ?? '') : '';
    if (context === '' || !isSnmpError(error) || error.kind !== 'auth') return error;
    if (error.message.includes(`context "${context}"`)) return error;
    return new SnmpError('auth', `${error.message} It was asked in the SNMPv3 context "${context}".`, {
      cause: error,
    });
  }

  private peerAt(address: string): Peer {
    const port = this.target.port ?? DEFAULT_PORT;
    if (this.peer !== undefined && this.peer.address === address) return this.peer;
    this.leavePeer();
    this.peer = this.options.dispatcher.acquire(address, port);
    return this.peer;
  }

  private leavePeer(): void {
    const { peer } = this;
    this.peer = undefined;
    this.codec = undefined;
    if (peer === undefined) return;
    peer.cancelAll(this, closedError());
    this.options.dispatcher.release(peer);
  }

  private codecFor(peer: Peer): MessageCodec {
    const { target } = this;
    this.codec ??=
      target.version === 3
        ? new UsmCodec(target.user, peer.engine, this.options.passwordKeys)
        : new CommunityCodec(target.version === 1 ? 0 : 1, target.community, new BerWriter(512));
    return this.codec;
  }
}

function isNobody(error: unknown): boolean {
  return isSnmpError(error) && (error.kind === 'timeout' || error.kind === 'refused');
}

function closedError(): SnmpError {
  return new SnmpError('limit', 'The session with the device was closed.');
}
