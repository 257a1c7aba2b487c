import { describe, expect, it } from 'vitest';
import {
  isFilteringDeliveries,
  NO_DELIVERY_FILTER,
  readDeliveryFilter,
  toDeliveryQuery,
  writeDeliveryFilter,
} from './delivery-filter.ts';

describe('the filter of deliveries in the URL', () => {
  it('survives being written and read', () => {
    const filter = {
      search: 'anna',
      state: 'failed',
      event: 'resolved',
      channel: 'c',
      team: 't',
      alert: 'a',
    } as const;
    const written = writeDeliveryFilter(new URLSearchParams('other=1'), filter);
    expect(written.get('other')).toBe('1');
    expect(readDeliveryFilter(written)).toEqual(filter);
    expect(toDeliveryQuery(filter)).toEqual({
      search: 'anna',
      state: 'failed',
      event: 'resolved',
      channel_id: 'c',
      team_id: 't',
      alert_id: 'a',
    });
  });

  it('is empty of what it does not know and of what was taken off', () => {
    expect(readDeliveryFilter(new URLSearchParams('state=seen&event=x'))).toEqual(NO_DELIVERY_FILTER);
    const cleared = writeDeliveryFilter(new URLSearchParams('state=sent&q=x'), NO_DELIVERY_FILTER);
    expect(cleared.toString()).toBe('');
    expect(isFilteringDeliveries(readDeliveryFilter(cleared))).toBe(false);
    expect(toDeliveryQuery({ ...NO_DELIVERY_FILTER, search: ' ' }).search).toBeUndefined();
  });
});
