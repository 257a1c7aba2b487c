import { describe, expect, it } from 'vitest';
import { heldBy, sampleAlert } from '../../domain/alert-sample.test-support.ts';
import {
  filterAlerts,
  isFilteringAlerts,
  NO_FILTER,
  readAlertFilter,
  toAlertQuery,
  writeAlertFilter,
} from './alert-filter.ts';

const read = (text: string) => readAlertFilter(new URLSearchParams(text));

describe('the filter of alerts', () => {
  it('in the URL survives being written and read', () => {
    const filter = {
      search: 'disk c:',
      severity: 'critical',
      site: 's',
      node: 'n',
      definition: 'disk_used_percent',
      acknowledged: false,
      held: true,
      muted: false,
    } as const;
    expect(readAlertFilter(writeAlertFilter(new URLSearchParams('sort=-severity'), filter))).toEqual(filter);
  });

  it('drops what it does not know', () => {
    expect(read('severity=banana&acknowledged=perhaps&held=')).toEqual(NO_FILTER);
  });

  it('that is emptied leaves the URL and what else is in it', () => {
    const next = writeAlertFilter(new URLSearchParams('q=x&held=true&group=off'), NO_FILTER);
    expect(next.toString()).toBe('group=off');
    expect(isFilteringAlerts(readAlertFilter(next))).toBe(false);
    expect(isFilteringAlerts(read('muted=false'))).toBe(true);
  });

  it('needs every word somewhere and every filter at once', () => {
    const alerts = [
      sampleAlert({}),
      sampleAlert({ id: 'b', severity: 'warning', site_id: 'site-b', held: heldBy('x') }),
    ];
    const ids = (text: string) => filterAlerts(alerts, read(text)).map(({ id }) => id);
    expect(ids('q=munich cpu')).toEqual(['alert-1', 'b']);
    expect(ids('q=munich printer')).toEqual([]);
    expect(ids('severity=warning&site=site-b')).toEqual(['b']);
    expect(ids('held=false')).toEqual(['alert-1']);
    expect(ids('held=true&acknowledged=false')).toEqual(['b']);
    expect(ids('definition=cpu_usage_percent&muted=true')).toEqual([]);
    expect(filterAlerts(alerts, NO_FILTER)).toBe(alerts);
  });

  it('asks the server by the id of the root, and nothing while the definition is not known', () => {
    const definitions = [
      { id: 'override', slug: 'cpu', overrides: 'root' },
      { id: 'root', slug: 'cpu', overrides: null },
    ];
    expect(toAlertQuery(read('definition=cpu&muted=false&q=+a+'), definitions)).toMatchObject({
      definition_id: 'root',
      muted: 'false',
      search: 'a',
      held: undefined,
    });
    expect(toAlertQuery(read('definition=cpu'), [])).toBeUndefined();
    expect(toAlertQuery(NO_FILTER, [])).not.toHaveProperty('state');
  });
});
