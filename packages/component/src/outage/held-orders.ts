import type { OutageOrders } from '@stratora/contract';

/** The orders as they are kept in the state directory: they hold passwords and addresses, mode 0600. */
export interface HeldOrders {
  version: 1;
  /** The server and the identity that they were given to: of another one they mean nothing. */
  server_url: string;
  component_id: string;
  /** The server's name of them: the ETag. */
  mark: string;
  /** Null: nobody is to be told. */
  orders: OutageOrders | null;
}

/** Whether a value has the form of orders, as far as they are read before a message is sent. */
export function isOrders(value: unknown): value is OutageOrders {
  const orders = value as Partial<OutageOrders> | null;
  return (
    typeof orders?.after_seconds === 'number' &&
    typeof orders.repeat_seconds === 'number' &&
    typeof orders.server_origin === 'string' &&
    typeof orders.collector?.name === 'string' &&
    Array.isArray(orders.channels) &&
    orders.channels.every(({ type, config }) =>
      type === 'email'
        ? Array.isArray(config?.to)
        : type === 'webhook' && typeof config?.url === 'string' && typeof config.headers === 'object',
    )
  );
}

export function isHeldOrders(value: unknown): value is HeldOrders {
  const held = value as Partial<HeldOrders> | null;
  return (
    held?.version === 1 &&
    typeof held.server_url === 'string' &&
    typeof held.component_id === 'string' &&
    typeof held.mark === 'string' &&
    (held.orders === null || isOrders(held.orders))
  );
}
