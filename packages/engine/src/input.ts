import type { Clock, Logger } from '@stratora/runtime';
import type { OptionReader } from './option-reader.ts';
import type { SharedServices } from './shared-services.ts';

/**
 * A field's value and with it its line protocol type: `number` is a float64, `bigint` an int64 (`12i`), then string
 * and boolean. `undefined` and non-finite floats leave the field out. Use `integer()` to turn a number into an int64.
 */
export type FieldValue = number | bigint | string | boolean | undefined;

/** Tags by key. An empty or undefined value leaves the tag out, as Telegraf does. */
export type Tags = Readonly<Record<string, string | undefined>>;

/** Fields by key. A metric whose fields are all left out is not written. */
export type Fields = Readonly<Record<string, FieldValue>>;

/** The state of a target, as the component forwards it to the server. */
export type TargetStatus = 'ok' | 'timeout' | 'auth' | 'refused' | 'bad_answer' | 'limit';

/**
 * The output of one gather. It is valid until the promise of that gather has settled; what is written later is dropped
 * and counted. What was written stays written when the gather fails: half an answer is better than none.
 */
export interface Sink {
  /**
   * Adds one metric. Overrides, prefix and suffix of the name, the tags of the block, the global tags and the filters
   * of the block are applied here. Text (tag values and string fields) passes `sanitizeText` here, so an input hands it
   * over as it came.
   *
   * @param timestampMs when it was measured, in ms since the epoch; without it, now. Rounded to the block's precision
   */
  metric(name: string, tags: Tags, fields: Fields, timestampMs?: number): void;

  /**
   * The hot path: complete lines as `LineWriter` of `@stratora/lineprotocol` writes them, copied from `bytes`. The input
   * applies the block itself: `writer.startEncoded(context.encodeSeries(...))`, only fields that
   * `context.keepsField()` lets through, texts through `sanitizeText`, `writer.end(sink.timestampMs())`; then
   * `sink.raw(writer.view(), writer.lineCount)` and `writer.reset()`.
   *
   * @param lines how many lines the bytes hold
   */
  raw(bytes: Uint8Array, lines: number): void;

  /** Now in ms since the epoch, rounded to the precision of the block. */
  timestampMs(): number;
}

/** The surroundings of one instance of an input (one `[[inputs.X]]` block), as the engine gives them. */
export interface InputContext {
  readonly logger: Logger;
  readonly clock: Clock;
  /** Name of the plugin: `snmp`. */
  readonly plugin: string;
  /** `alias` of the block. */
  readonly alias: string | undefined;
  /** Interval of the block: its own, else the agent's. */
  readonly intervalMs: number;
  /** Milliseconds that one gather may take before its signal is aborted. */
  readonly deadlineMs: number;
  /** Tags of the block over the global tags: what every metric of it carries besides its own. */
  readonly tags: Readonly<Record<string, string>>;
  /** Things shared by the instances of this engine (a socket, a process that serves thousands of blocks). */
  readonly services: SharedServices;
  /** Paths of the host's /proc, /sys and so on; see `HostPaths`. */
  readonly host: HostPaths;

  /**
   * Start of a line for `Sink.raw` (`LineWriter.startEncoded`): measurement and tags, escaped and sorted, with
   * everything of the block applied. Undefined when the block's filters drop such a metric. The bytes do not change
   * during the life of the instance: keep them per row.
   */
  encodeSeries(name: string, tags: Tags): Uint8Array | undefined;

  /** False when `fieldinclude` (`fieldpass`) or `fieldexclude` (`fielddrop`) leaves the field out. */
  keepsField(field: string): boolean;

  /**
   * Reports how the target answered; only changes leave the engine. An input that does not call it during a gather is
   * `ok` when the gather resolves, and what its error says when it rejects (`GatherError`, else `bad_answer`; `timeout`
   * when the deadline passed).
   *
   * @param message a sentence for people, see `target-words.ts`
   * @param detail what the program or the library behind it said itself
   */
  reportStatus(status: TargetStatus, message: string, detail?: string): void;
}

/** Roots of the pseudo file systems; HOST_PROC and its kin for containers, and invented trees in tests. */
export interface HostPaths {
  readonly proc: string;
  readonly sys: string;
  readonly etc: string;
  readonly run: string;
  /** Prefix of mount points as this process sees them (`HOST_MOUNT_PREFIX`), empty on a plain host. */
  readonly mountPrefix: string;
  /** D-Bus address of the system bus (`DBUS_SYSTEM_BUS_ADDRESS`); by default the socket below `run`. */
  readonly systemBus?: string;
}

/** An instance of an input. Constructing it does no I/O. */
export interface Input {
  /**
   * Gathers once. Never called again before the promise has settled. When the signal is aborted (deadline, or the block
   * left the config, or the engine stops) the promise must settle soon; nothing the engine does waits for it, but the
   * instance misses its intervals until it has.
   */
  gather(sink: Sink, signal: AbortSignal): Promise<void>;
  /** Frees what the instance holds. Called once, after its last gather has settled or was given up. */
  stop?(): void | Promise<void>;
}

/**
 * A kind of input. Every `inputs/<name>/index.ts` exports one as `plugin`.
 *
 * `Options` is what `parse` makes of the TOML: typed, checked, with defaults filled in.
 */
export interface InputPlugin<Options> {
  readonly name: string;
  /**
   * Reads the options of a block. Touches nothing outside of it: `engine check` calls this and nothing else. Faults are
   * reported to the reader (`options.fault(...)`, or by its typed getters); options that were never asked for are a
   * fault.
   */
  parse(options: OptionReader): Options;
  create(options: Options, context: InputContext): Input;
}

/** Makes an int64 field from a number; fractions are cut, what is not finite leaves the field out. */
export function integer(value: number): bigint | undefined {
  return Number.isFinite(value) ? BigInt(Math.trunc(value)) : undefined;
}

/** A failed gather and its reason, as the status that the server shows. */
export class GatherError extends Error {
  readonly status: TargetStatus;

  /** @param options with the error behind it as its cause, whose own words are the detail of the status */
  constructor(status: TargetStatus, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'GatherError';
    this.status = status;
  }
}
