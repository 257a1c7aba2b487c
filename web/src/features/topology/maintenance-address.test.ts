import { expect, it } from 'vitest';
import { maintenanceAddress } from './maintenance-address.ts';

it('the form of a maintenance window is filled in for what is pulled and what goes dark', () => {
  expect(maintenanceAddress(['a', 'b', 'c'], 'sw-1 & co')).toBe(
    '/maintenance?add=1&node=a&name=Work+on+sw-1+%26+co&also=b%2Cc',
  );
  expect(maintenanceAddress(['a'], 'sw-1')).toBe('/maintenance?add=1&node=a&name=Work+on+sw-1');
  expect(maintenanceAddress([], 'sw-1')).toBeUndefined();
  const many = Array.from(
    { length: 500 },
    (_, at) => `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`,
  );
  expect(maintenanceAddress(many, 'core')?.length).toBeLessThan(2_500);
});
