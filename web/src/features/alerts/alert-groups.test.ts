import { describe, expect, it } from 'vitest';
import { heldBy, sampleAlert } from '../../domain/alert-sample.test-support.ts';
import { type AlertLine, groupByCause, ungrouped } from './alert-groups.ts';

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
const shape = (lines: readonly AlertLine[]) =>
  lines.map(
    ({ alert, behind, isBehind }) => `${isBehind ? '  ' : ''}${alert.id}${behind > 0 ? ` +${behind}` : ''}`,
  );
const group = (alerts: Parameters<typeof groupByCause>[0], ...open: string[]) =>
  shape(groupByCause(alerts, byId, new Set(open)));

describe('alerts grouped by cause', () => {
  const cause = sampleAlert({ id: 'c' });
  const node = sampleAlert({ id: 'n', held: heldBy('c') });
  const disk = sampleAlert({ id: 'd', held: heldBy('n', 'unreachable') });
  const other = sampleAlert({ id: 'a' });

  it('are one line for each cause, with how many are behind it', () => {
    expect(group([disk, node, other, cause])).toEqual(['a', 'c +2']);
  });

  it('show what is behind a cause once it is open, also what is held by one of those', () => {
    expect(group([disk, node, other, cause], 'c')).toEqual(['a', 'c +2', '  d', '  n']);
  });

  it('stand alone where their cause is not in the list', () => {
    expect(group([disk, other])).toEqual(['a', 'd']);
    expect(group([disk, node])).toEqual(['n +1']);
  });

  it('that hold each other are all shown', () => {
    const left = sampleAlert({ id: 'l', held: heldBy('r') });
    const right = sampleAlert({ id: 'r', held: heldBy('l') });
    const self = sampleAlert({ id: 's', held: heldBy('s') });
    const hanging = sampleAlert({ id: 'x', held: heldBy('l') });
    expect(group([left, right, self, hanging])).toEqual(['l', 'r', 's', 'x']);
  });

  it('that a window holds are lines of their own', () => {
    expect(group([sampleAlert({ id: 'm', held: { ...heldBy(null), by: 'maintenance' } })])).toEqual(['m']);
  });

  it('are all lines where nobody wants groups', () => {
    expect(shape(ungrouped([disk, node, cause], byId))).toEqual(['c', 'd', 'n']);
  });

  it('keep every alert exactly once when all is open', () => {
    const many = Array.from({ length: 200 }, (_, index) =>
      sampleAlert({ id: `i${index}`, held: index % 7 === 0 ? null : heldBy(`i${(index * 13) % 200}`) }),
    );
    const lines = groupByCause(many, byId, new Set(many.map(({ id }) => id)));
    expect(lines.map(({ alert }) => alert.id).toSorted()).toEqual(many.map(({ id }) => id).toSorted());
  });
});
