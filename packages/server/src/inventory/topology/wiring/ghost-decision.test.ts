import { describe, expect, it } from 'vitest';
import { idOf, link } from '../derivation/topology-scene.test-support.ts';
import type { ApprovedLinkRow } from './approval-queries.ts';
import { approvedEnd } from './approved-end.ts';
import { decideGhosts, type GhostFacts } from './ghost-decision.ts';

const AT = '2026-11-01T12:00:00.000Z';

function approved(text: string, change: Partial<ApprovedLinkRow> = {}): ApprovedLinkRow {
  const { id, a, b } = link(text);
  const [aName = '', bName = ''] = text.split(' - ').map((part) => part.split(' ')[0]);
  return {
    id,
    site_id: idOf('site'),
    a: approvedEnd(a, aName, null),
    b: approvedEnd(b, bName, null),
    ghost: null,
    is_there: false,
    ...change,
  };
}
const decide = (facts: Partial<GhostFacts>) =>
  decideGhosts({ approved: [], nearby: [], reasons: new Map(), at: AT, ...facts });

describe('decideGhosts', () => {
  it('says nothing of a link that is there', () => {
    expect(decide({ approved: [approved('core 1 - edge 2', { is_there: true })] })).toEqual([]);
  });

  it('makes a ghost of one that is moved, and names where it went', () => {
    const now = link('core 3 - edge 2');
    const { id } = link('core 1 - edge 2');
    const [change] = decide({
      approved: [approved('core 1 - edge 2')],
      nearby: [link('core 7 - spare 1'), now],
      reasons: new Map([[id, 'edge 2 is seen at core 3']]),
    });
    expect(change).toMatchObject({
      id,
      ghost: {
        kind: 'moved',
        since: AT,
        moved_to: now.id,
        detail: 'core 1 - edge 2: edge 2 is seen at core 3.',
      },
      event: {
        kind: 'approved_moved',
        node_ids: [idOf('core'), idOf('edge')],
        detail: 'Not as approved: core 1 - edge 2: edge 2 is seen at core 3.',
      },
    });
  });

  it('makes a ghost of one that is nowhere', () => {
    expect(decide({ approved: [approved('core 1 - edge 2')] })).toMatchObject([
      { ghost: { kind: 'missing', moved_to: null }, event: { kind: 'approved_missing' } },
    ]);
  });

  it('takes any link of a device without ports for where it went', () => {
    const now = link('spare 1 - ?pump');
    expect(decide({ approved: [approved('core 4 - ?pump')], nearby: [now] })).toMatchObject([
      { ghost: { kind: 'moved', moved_to: now.id } },
    ]);
  });

  it('tells once, and again when it is back', () => {
    const ghost = { kind: 'missing' as const, since: AT, detail: 'gone.', moved_to: null };
    expect(decide({ approved: [approved('core 1 - edge 2', { ghost })] })).toEqual([]);
    expect(decide({ approved: [approved('core 1 - edge 2', { ghost, is_there: true })] })).toMatchObject([
      { ghost: null, event: { kind: 'approved_back', detail: 'core 1 - edge 2 is back as approved.' } },
    ]);
  });

  it('follows a ghost whose cable turns up elsewhere, without a second event', () => {
    const ghost = {
      kind: 'missing' as const,
      since: '2026-10-01T00:00:00.000Z',
      detail: 'gone.',
      moved_to: null,
    };
    const now = link('core 1 - spare 9');
    expect(decide({ approved: [approved('core 1 - edge 2', { ghost })], nearby: [now] })).toEqual([
      {
        id: link('core 1 - edge 2').id,
        ghost: { ...ghost, kind: 'moved', moved_to: now.id },
        event: undefined,
      },
    ]);
  });
});
