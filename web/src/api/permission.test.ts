import { describe, expect, it } from 'vitest';
import { type Action, may } from './permission.ts';

const ALL: readonly Action[] = [
  'node.write',
  'node.delete',
  'site.write',
  'credential.attach',
  'credential.manage',
  'component.manage',
  'enrollment.manage',
  'channel.manage',
  'team.manage',
  'maintenance.write',
  'discovery.write',
  'user.manage',
];

describe('permissions', () => {
  it('let an administrator do everything', () => {
    expect(ALL.every((action) => may('admin', action))).toBe(true);
  });

  it('let an operator manage sites, nodes, planned work and scans, but not delete nodes or touch what lets others in', () => {
    expect(ALL.filter((action) => may('operator', action))).toEqual([
      'node.write',
      'site.write',
      'credential.attach',
      'maintenance.write',
      'discovery.write',
    ]);
  });

  it('let a viewer change nothing', () => {
    expect(ALL.some((action) => may('viewer', action))).toBe(false);
  });
});
