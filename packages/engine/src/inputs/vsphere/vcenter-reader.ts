import type { InputContext, Sink } from '../../input.ts';
import { GatherError } from '../../input.ts';
import { vsphereAnswerUnreadable } from '../../target-words.ts';
import { guardOf } from '../engine-names.ts';
import { type Inventory, type MeasuredObject, readInventory } from './inventory.ts';
import { planQueries, SampleMarks } from './perf-plan.ts';
import { type PerfCounter, readCounters } from './performance-counters.ts';
import { type ObjectSamples, readSamples, rolledUp } from './performance-samples.ts';
import type { KindName } from './resource-kinds.ts';
import { SampleLines } from './sample-lines.ts';
import { VimFault } from './soap-client.ts';
import { currentTime, type PerfQuery, queryPerf } from './vim-requests.ts';
import { explainFault, type VimCalls, VimSession } from './vim-session.ts';
import type { MeasuredKind, Vcenter, VsphereOptions } from './vsphere-options.ts';
import { textAt } from './xml-tree.ts';

/** The counters of a session's server, by name and by number. */
interface Counters {
  readonly session: number;
  readonly byName: ReadonlyMap<string, PerfCounter>;
  readonly byId: ReadonlyMap<number, PerfCounter>;
}

interface Round {
  readonly calls: VimCalls;
  readonly sink: Sink;
  readonly nowMs: number;
  readonly counters: Counters;
  readonly inventory: Inventory;
}

/** A gather that comes a little early still looks for new objects. */
const EARLY_SHARE = 0.9;
/** Objects that may vanish between the look at the inventory and the question for their samples. */
const MAX_GONE = 20;

/** Reads one vCenter: its inventory now and then, the samples since the last time at each gather. */
export class VcenterReader {
  readonly #vcenter: Vcenter;
  readonly #options: VsphereOptions;
  readonly #context: InputContext;
  readonly #session: VimSession;
  readonly #marks = new SampleMarks();
  readonly #latest = new Map<KindName, number>();
  #counters: Counters | undefined;
  #inventory: Inventory | undefined;
  #readAt = 0;

  constructor(vcenter: Vcenter, options: VsphereOptions, context: InputContext) {
    this.#vcenter = vcenter;
    this.#options = options;
    this.#context = context;
    const { timeoutMs, takesAnyCertificate } = options;
    const target = { url: vcenter.url, timeoutMs, takesAnyCertificate, guard: guardOf(context.services) };
    this.#session = new VimSession(target, options);
  }

  /** @throws GatherError when something could not be read; what could be read is written all the same */
  gather(sink: Sink, signal: AbortSignal): Promise<void> {
    return this.#session.run(signal, async (calls) => {
      const nowMs = Date.parse(textAt(await calls.call(currentTime()), 'returnval'));
      if (Number.isNaN(nowMs)) throw new GatherError('bad_answer', vsphereAnswerUnreadable());
      const counters = await this.#countersOf(calls);
      const inventory = await this.#inventoryOf(calls);
      const round = { calls, sink, nowMs, counters, inventory };
      let failure: unknown;
      for (const kind of this.#options.kinds) {
        try {
          await this.#readKind(kind, round);
        } catch (error) {
          // Without a session, or after the end of the gather, the others fail as well.
          if (signal.aborted || !(explainFault(error) instanceof GatherError)) throw error;
          if (error instanceof VimFault && error.kind === 'NotAuthenticated') throw error;
          failure ??= error;
        }
      }
      if (failure !== undefined) throw failure;
    });
  }

  end(): Promise<void> {
    return this.#session.end();
  }

  async #countersOf(calls: VimCalls): Promise<Counters> {
    if (this.#counters?.session === calls.session) return this.#counters;
    const byName = await readCounters(calls);
    const byId = new Map([...byName.values()].map((counter) => [counter.id, counter]));
    this.#counters = { session: calls.session, byName, byId };
    const unknown = this.#options.kinds
      .flatMap(({ counters }) => counters)
      .filter((name) => !byName.has(name));
    if (unknown.length > 0) {
      this.#context.logger.warn(
        { unknown: [...new Set(unknown)] },
        'the vCenter does not have some counters',
      );
    }
    return this.#counters;
  }

  async #inventoryOf(calls: VimCalls): Promise<Inventory> {
    const now = this.#context.clock.monotonic();
    if (this.#inventory !== undefined && now - this.#readAt < this.#options.discoveryMs * EARLY_SHARE) {
      return this.#inventory;
    }
    const inventory = await readInventory(calls, this.#vcenter.name);
    this.#marks.keep(new Set([...inventory.kinds.values()].flat().map(({ ref }) => ref.id)));
    this.#inventory = inventory;
    this.#readAt = now;
    return inventory;
  }

  async #readKind(kind: MeasuredKind, round: Round): Promise<void> {
    const objects = round.inventory.kinds.get(kind.name) ?? [];
    const plan = planQueries(
      {
        kind,
        objects,
        counters: kind.counters.flatMap((name) => round.counters.byName.get(name) ?? []),
        marks: this.#marks,
        nowMs: round.nowMs,
        latestMs: this.#latest.get(kind.name),
      },
      this.#options,
    );
    const byId = new Map(objects.map((object) => [object.ref.id, object]));
    for (const queries of plan) {
      for (const found of await askAll(round, queries)) {
        const object = byId.get(found.objectId);
        if (object !== undefined) this.#write(kind, { object, found, round });
      }
    }
  }

  #write(
    kind: MeasuredKind,
    { object, found, round }: { object: MeasuredObject; found: ObjectSamples; round: Round },
  ): void {
    const lines = new SampleLines(object, {
      kind: kind.name,
      datastores: round.inventory.datastores,
      wholeNumbers: this.#options.wholeNumbers,
    });
    const read = new Map<number, number>();
    for (const { counterId, instance, samples } of found.series) {
      const counter = round.counters.byId.get(counterId);
      const from = this.#marks.get(found.objectId, counterId) ?? Number.NEGATIVE_INFINITY;
      const fresh = samples.filter(({ timeMs }) => timeMs > from);
      const newest = fresh.at(-1)?.timeMs;
      if (counter === undefined || newest === undefined) continue;
      const told = kind.isRealtime ? [rolledUp(fresh, counter.rollup)] : fresh;
      for (const sample of told) if (sample !== undefined) lines.add(counter, instance, sample);
      read.set(counterId, Math.max(newest, read.get(counterId) ?? newest));
    }
    for (const [counterId, timeMs] of read) {
      this.#marks.put(found.objectId, counterId, timeMs);
      this.#latest.set(kind.name, Math.max(timeMs, this.#latest.get(kind.name) ?? timeMs));
    }
    for (const { measurement, tags, fields, timeMs } of lines.lines()) {
      round.sink.metric(measurement, tags, fields, timeMs);
    }
  }
}

/** Asks for samples; an object that has vanished meanwhile costs only its own. */
async function askAll({ calls }: Round, given: readonly PerfQuery[]): Promise<readonly ObjectSamples[]> {
  let queries = given;
  for (let gone = 0; ; gone += 1) {
    try {
      return readSamples(await calls.call(queryPerf(calls.content.perfManager, queries)));
    } catch (error) {
      if (!(error instanceof VimFault) || error.kind !== 'ManagedObjectNotFound' || gone === MAX_GONE)
        throw error;
      const left = queries.filter(({ entity }) => entity.id !== error.object);
      if (left.length === queries.length) throw error;
      if (left.length === 0) return [];
      queries = left;
    }
  }
}
