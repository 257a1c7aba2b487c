import { describe, expect, it } from 'vitest';
import { extrasOf, PlaceBook, type StoredPlace } from './place-book.ts';
import { idOf, NOW, where } from './topology-scene.test-support.ts';

const MAC = '00:11:22:33:44:55';
const OTHER = '00:11:22:33:44:66';
const DAY = 24 * 3600_000;
const nameOf = () => 'hub';

function shown({ written, unseen, left }: ReturnType<PlaceBook['take']>) {
  const place = ({ mac, port }: { mac: string; port: string }) => `${mac.slice(-2)}@${port}`;
  return { written: written.map(place), unseen: unseen.map(place), left: left.map(place) };
}

describe('PlaceBook', () => {
  it('tells what is new, and then nothing while it stays', () => {
    const book = new PlaceBook([], 0);
    const seen = [where(MAC, 'edge 1'), where(OTHER, 'edge 2')];
    expect(shown(book.take(seen, nameOf, NOW))).toEqual({ written: ['55@1', '66@2'], unseen: [], left: [] });
    expect(shown(book.take(seen, nameOf, NOW + 60_000))).toEqual({ written: [], unseen: [], left: [] });
  });

  it('keeps the place of one that is silent, and says so once', () => {
    const book = new PlaceBook([], 0);
    book.take([where(MAC, 'edge 1')], nameOf, NOW);
    const silent = book.take([], nameOf, NOW + 60_000);
    expect(shown(silent)).toEqual({ written: [], unseen: ['55@1'], left: [] });
    expect(silent.unseen[0]?.seen).toBe(new Date(NOW).toISOString());
    expect(shown(book.take([], nameOf, NOW + 120_000))).toEqual({ written: [], unseen: [], left: [] });
    expect(shown(book.take([where(MAC, 'edge 1')], nameOf, NOW + 180_000)).written).toEqual(['55@1']);
  });

  it('lets one that is seen elsewhere leave all its old places', () => {
    const book = new PlaceBook([], 0);
    book.take([where(MAC, 'edge 1'), where(MAC, 'edge 2')], nameOf, NOW);
    book.take([], nameOf, NOW);
    expect(shown(book.take([where(MAC, 'spare 3')], nameOf, NOW + 1))).toEqual({
      written: ['55@3'],
      unseen: [],
      left: ['55@1', '55@2'],
    });
  });

  it('forgets one that was not seen for 14 days', () => {
    const book = new PlaceBook([], 0);
    book.take([where(MAC, 'edge 1')], nameOf, NOW);
    expect(shown(book.take([], nameOf, NOW + 14 * DAY)).left).toEqual([]);
    expect(shown(book.take([], nameOf, NOW + 14 * DAY + 1)).left).toEqual(['55@1']);
  });

  it('writes a place anew when something of it changes', () => {
    const book = new PlaceBook([], 0);
    book.take([where(MAC, 'edge 1')], nameOf, NOW);
    for (const change of [
      { ipAddresses: ['10.0.0.2'] },
      { ipAddresses: ['10.0.0.2'], behind: { kind: 'inferred', id: idOf('hub') } as const },
      { ipAddresses: ['10.0.0.2'], isEdge: false },
      { ownerNodeId: idOf('pc') },
    ]) {
      expect(shown(book.take([where(MAC, 'edge 1', change)], nameOf, NOW)).written).toEqual(['55@1']);
    }
  });

  it('takes one place where two say the same, and tells VLANs apart', () => {
    const book = new PlaceBook([], 0);
    const seen = [where(MAC, 'edge 1'), where(MAC, 'edge 1'), where(MAC, 'edge 1', { vlan: 7 })];
    expect(shown(book.take(seen, nameOf, NOW)).written).toEqual(['55@1', '55@1']);
  });

  it('goes on from what the database has', () => {
    const extras = extrasOf({
      ips: [],
      edge: true,
      behind: null,
      owner: null,
      interface: '1',
      mac: MAC,
      node: '',
      port: '1',
      vlan: 0,
    });
    const stored: StoredPlace = {
      mac: MAC,
      node: idOf('edge'),
      port: '1',
      vlan: 0,
      extras,
      unseenSince: null,
      firstSeen: NOW - DAY,
    };
    const same = new PlaceBook([stored], NOW);
    expect(shown(same.take([where(MAC, 'edge 1')], nameOf, NOW))).toEqual({
      written: [],
      unseen: [],
      left: [],
    });
    const gone = new PlaceBook([{ ...stored, unseenSince: NOW - DAY }], NOW);
    expect(shown(gone.take([], nameOf, NOW))).toEqual({ written: [], unseen: [], left: [] });
    expect(shown(gone.take([where(MAC, 'edge 1')], nameOf, NOW)).written).toEqual(['55@1']);
  });

  it('looks at 20,000 places in a moment', () => {
    const seen = Array.from({ length: 20_000 }, (_, index) =>
      where(
        `02:00:00:${[16, 8, 0].map((bits) => ((index >> bits) & 255).toString(16).padStart(2, '0')).join(':')}`,
        `edge ${index % 48}`,
      ),
    );
    const book = new PlaceBook([], 0);
    const begun = performance.now();
    expect(book.take(seen, nameOf, NOW).written).toHaveLength(20_000);
    expect(book.take(seen, nameOf, NOW).written).toHaveLength(0);
    // About 80 ms.
    expect(performance.now() - begun).toBeLessThan(8000);
  });
});
