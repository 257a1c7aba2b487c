import { checkConfig } from '@stratora/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptedNode, rowOf, sentNode, targetFor } from './accepted-nodes.test-support.ts';
import { renderConfigText } from './config-text.ts';

const component = { id: 'c1', type: 'collector' as const, hostname: 'hall-3', engineChoice: 'auto' as const };
const GOOD = { id: 'good', name: 'good', ipAddress: '10.0.0.1', snmpPort: 161, url: 'https://shop.example/' };

describe('a node that the API accepts', () => {
  it('stands in a config that the engine takes', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(sentNode, async (sent) => {
        const node = acceptedNode(sent, 'n1');
        if (node === undefined) return;
        accepted += 1;
        const { text, leftOut } = renderConfigText(component, [targetFor(node)]);
        expect(leftOut).toEqual([]);
        await checkConfig(text.toString());
      }),
      { numRuns: 2000 },
    );
    // The odd ones must not be all there is.
    expect(accepted).toBeGreaterThan(100);
  });
});

describe('a node that was in the database before the API judged it so', () => {
  it('costs no other node its place in the config', async () => {
    await fc.assert(
      fc.asyncProperty(sentNode, async (sent) => {
        fc.pre(sent.snmp_port >= 1 && sent.snmp_port <= 65_535);
        const { text, leftOut } = renderConfigText(component, [
          targetFor(rowOf(sent, 'n1')),
          targetFor(GOOD),
        ]);
        const { inputs } = await checkConfig(text.toString());
        const nodes = new Set(inputs.map(({ block }) => block.tags?.['node_id']));
        expect(nodes.has('good')).toBe(true);
        expect(nodes.has('n1')).toBe(leftOut.length === 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('is named with what is wrong, and without the password that it holds', () => {
    const url = 'https://user:secret@shop.example/';
    const { text, leftOut } = renderConfigText(component, [targetFor({ ...GOOD, url })]);
    expect(text.toString()).not.toContain('secret');
    expect(leftOut).toEqual([
      { node_id: 'good', name: 'good', reason: 'url: holds a login, which would be shown in the open' },
    ]);
  });
});
