import type { DeliveryEvent, DeliveryState } from '@stratora/contract';
import type { DeliveryQuery } from '../../api/deliveries.ts';
import { DELIVERY_EVENT_OPTIONS, DELIVERY_STATE_OPTIONS } from '../../domain/delivery-words.ts';

/** The filter of the list of deliveries; all of it is in the URL. */
export interface DeliveryFilter {
  readonly search: string;
  readonly state: DeliveryState | undefined;
  readonly event: DeliveryEvent | undefined;
  readonly channel: string | undefined;
  readonly team: string | undefined;
  readonly alert: string | undefined;
}

export const NO_DELIVERY_FILTER: DeliveryFilter = {
  search: '',
  state: undefined,
  event: undefined,
  channel: undefined,
  team: undefined,
  alert: undefined,
};

const NAMES = {
  search: 'q',
  state: 'state',
  event: 'event',
  channel: 'channel',
  team: 'team',
  alert: 'alert',
} as const satisfies Record<keyof DeliveryFilter, string>;

/** Reads a filter from a URL; what it does not know it leaves out. */
export function readDeliveryFilter(parameters: URLSearchParams): DeliveryFilter {
  const text = (name: string) => parameters.get(name) || undefined;
  return {
    search: parameters.get('q') ?? '',
    state: DELIVERY_STATE_OPTIONS.find(({ value }) => value === parameters.get('state'))?.value,
    event: DELIVERY_EVENT_OPTIONS.find(({ value }) => value === parameters.get('event'))?.value,
    channel: text('channel'),
    team: text('team'),
    alert: text('alert'),
  };
}

/** Writes a change of the filter into a URL; what is empty leaves it, and everything else stays. */
export function writeDeliveryFilter(
  parameters: URLSearchParams,
  change: Partial<DeliveryFilter>,
): URLSearchParams {
  const next = new URLSearchParams(parameters);
  for (const [key, value] of Object.entries(change) as [keyof DeliveryFilter, string | undefined][]) {
    if (value === undefined || value === '') next.delete(NAMES[key]);
    else next.set(NAMES[key], value);
  }
  return next;
}

export function isFilteringDeliveries(filter: DeliveryFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined && value !== '');
}

/** The filter as the server takes it. */
export function toDeliveryQuery({
  search,
  state,
  event,
  channel,
  team,
  alert,
}: DeliveryFilter): DeliveryQuery {
  return {
    search: search.trim() === '' ? undefined : search.trim(),
    state,
    event,
    channel_id: channel,
    team_id: team,
    alert_id: alert,
  };
}
