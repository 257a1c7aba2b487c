import {
  type ChannelConfig,
  type ChannelListQuery,
  type ChannelType,
  type CreateChannel,
  type NotificationChannel,
  type UpdateChannel,
} from '@stratora/contract';
import { type Actor, appendAudit, once } from '../../platform/audit/index.ts';
import { brokenConstraint, type Database, type Tx } from '../../platform/db/index.ts';
import {
  appError,
  changedFields,
  type FieldFault,
  fieldError,
  isEmpty,
  notFound,
  type Precondition,
} from '../../platform/http/index.ts';
import type { RecordSealer } from '../../platform/secrets/index.ts';
import type { Channel, QueueCalls } from './channel.ts';
import { readConfig, recipientsOf, shownConfig } from './channel-config.ts';
import {
  deleteChannel,
  findShownChannel,
  insertChannel,
  listShownChannels,
  lockChannel,
  nextId,
  type ShownChannel,
  type StoredConfig,
  updateChannel,
} from './channel-queries.ts';
import { readNoticeText } from './wording/notice-text.ts';

export interface ChannelServiceOptions {
  db: Database;
  sealer: RecordSealer;
  queue: QueueCalls;
}

/** A change of a channel; the type of one is only ever said again. */
type ChannelChange = UpdateChannel & { type?: ChannelType | undefined };

/** The service of channels: their secrets are stored sealed and given back to nobody. */
export class ChannelService {
  readonly #db: Database;
  readonly #sealer: RecordSealer;
  readonly #queue: QueueCalls;

  constructor({ db, sealer, queue }: ChannelServiceOptions) {
    this.#db = db;
    this.#sealer = sealer;
    this.#queue = queue;
  }

  async list(query: ChannelListQuery) {
    const page = await listShownChannels(this.#db, query);
    const ids = page.items.map(({ id }) => id);
    const queued = ids.length === 0 ? undefined : await this.#queue.countQueued(this.#db, ids);
    return {
      ...page,
      items: page.items.map((item) => ({ ...item, queued_count: queued?.get(item.id) ?? 0 })),
    };
  }

  get(id: string): Promise<NotificationChannel> {
    return this.#get(this.#db, id);
  }

  create(actor: Actor, input: CreateChannel): Promise<NotificationChannel> {
    requireText(input.text);
    return named(() =>
      once(this.#db, actor, async (tx) => {
        const id = await nextId(tx);
        const config = this.#readConfig(input.type, input.config, undefined);
        await insertChannel(tx, { ...input, id, config: this.#stored(id, input.type, config) });
        await appendAudit(tx, actor, {
          action: 'notification_channel.create',
          ...objectOf(id),
          detail: { name: input.name, type: input.type },
        });
        return this.#get(tx, id);
      }),
    );
  }

  update(
    actor: Actor,
    id: string,
    input: ChannelChange,
    match?: Precondition<NotificationChannel>,
  ): Promise<NotificationChannel> {
    if (input.text !== undefined) requireText(input.text);
    return named(() =>
      this.#db.transaction().execute(async (tx) => {
        const stored = await lockChannel(tx, id);
        if (stored === undefined) throw notFound('This channel');
        const before = await this.#get(tx, id);
        match?.(before);
        const { config: given, ...rest } = input;
        const change = changedFields(before, rest);
        if (change.type !== undefined) throw fieldError('type', 'cannot be changed');
        const config = given === undefined ? undefined : this.#changedConfig(stored, given);
        if (config === undefined && isEmpty(change)) return before;
        await updateChannel(tx, id, {
          ...withoutUndefined(change),
          config: config && this.#stored(id, stored.type, config),
        });
        const fields = Object.keys({ ...change, ...(config && { config }) });
        await appendAudit(tx, actor, {
          action: 'notification_channel.update',
          ...objectOf(id),
          detail: { name: change.name ?? before.name, fields },
        });
        return this.#get(tx, id);
      }),
    );
  }

  delete(actor: Actor, id: string, match?: Precondition<NotificationChannel>): Promise<void> {
    return this.#db.transaction().execute(async (tx) => {
      if ((await lockChannel(tx, id)) === undefined) throw notFound('This channel');
      const channel = await this.#get(tx, id);
      match?.(channel);
      await deleteChannel(tx, id);
      await appendAudit(tx, actor, {
        action: 'notification_channel.delete',
        ...objectOf(id),
        detail: { name: channel.name, type: channel.type },
      });
    });
  }

  /** Puts a test message into the queue; it goes out as every other message does. */
  test(actor: Actor, id: string): Promise<{ delivery_id: string }> {
    return once(this.#db, actor, async (tx) => {
      const channel = await findShownChannel(tx, id);
      if (channel === undefined) throw notFound('This channel');
      const deliveryId = await this.#queue.enqueueTest(tx, id);
      await appendAudit(tx, actor, {
        action: 'notification_channel.test',
        ...objectOf(id),
        detail: { name: channel.name },
      });
      return { delivery_id: deliveryId };
    });
  }

  async #get(db: Database | Tx, id: string): Promise<NotificationChannel> {
    const shown: ShownChannel | undefined = await findShownChannel(db, id);
    if (shown === undefined) throw notFound('This channel');
    const queued = await this.#queue.countQueued(db, [id]);
    return { ...shown, queued_count: queued.get(id) ?? 0 };
  }

  /** Reads a config that replaces another one; undefined where it says the same. */
  #changedConfig(stored: Channel, given: Record<string, unknown>): ChannelConfig | undefined {
    const before = this.opened(stored);
    const config = this.#readConfig(stored.type, given, before);
    return before !== undefined && JSON.stringify(config) === JSON.stringify(before) ? undefined : config;
  }

  /** Opens the config of a channel; undefined where it cannot be, so that it can be given anew. */
  opened({ id, type, sealed }: Channel): ChannelConfig | undefined {
    try {
      return this.#sealer.open({ id, type, ...sealed }) as ChannelConfig;
    } catch {
      return undefined;
    }
  }

  #readConfig(
    type: ChannelType,
    given: Record<string, unknown>,
    stored: ChannelConfig | undefined,
  ): ChannelConfig {
    const read = readConfig(type, given, stored);
    if (!read.ok) throw notValid(read.faults);
    return read.config;
  }

  #stored(id: string, type: ChannelType, config: ChannelConfig): StoredConfig {
    return {
      sealed: this.#sealer.seal(id, type, config),
      shown: shownConfig(type, config),
      recipients: recipientsOf(type, config),
    };
  }
}

function objectOf(id: string) {
  return { objectType: 'notification_channel', objectId: id };
}

/** Requires that the text of a channel can be read. @throws AppError validation_failed */
export function requireText(text: string | null): void {
  if (text === null) return;
  const read = readNoticeText(text);
  if (!read.ok) throw notValid([{ path: 'text', message: read.faults.join('; ') }]);
}

function notValid(errors: readonly FieldFault[]) {
  const [first] = errors;
  const words = first === undefined ? 'The channel is not valid.' : `${first.path}: ${first.message}`;
  return appError('validation_failed', words, { details: { errors } });
}

/** Leaves out what is not given, for a change of a row. */
function withoutUndefined({ name, enabled, text, max_per_minute }: ChannelChange) {
  return {
    ...(name === undefined ? {} : { name }),
    ...(enabled === undefined ? {} : { enabled }),
    ...(text === undefined ? {} : { text }),
    ...(max_per_minute === undefined ? {} : { max_per_minute }),
  };
}

async function named<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (brokenConstraint(error) !== 'notification_channels_name_key') throw error;
    throw appError('name_taken', 'Another channel has this name.', {
      details: { errors: [{ path: 'name', message: 'is taken' }] },
    });
  }
}
