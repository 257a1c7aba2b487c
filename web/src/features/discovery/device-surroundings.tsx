import type { DiscoveredDevice } from '@stratora/contract';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { DeviceText } from '../../ui/device-text.tsx';
import { plural } from '../../ui/format/units.ts';
import { Fact, Facts } from '../../ui/page.tsx';
import { Moment } from '../../ui/time-text.tsx';
import { SheetPart } from './sheet-part.tsx';

const TEXT_MAX = 200;
const NEIGHBOURS_SHOWN = 12;

/** What the web server of a device says. */
export function DeviceWeb({ web }: { readonly web: DiscoveredDevice['web'] }) {
  if (web === null) return null;
  const facts = [
    ['Address', web.url],
    ['Title', web.title],
    ['Server', web.server],
    ['Certificate of', web.certificate_subject],
    ['Issued by', web.certificate_issuer],
  ] as const;
  return (
    <SheetPart title="Web server">
      <Facts>
        {facts.map(
          ([label, text]) =>
            text !== null && (
              <Fact key={label} label={label}>
                <DeviceText text={text} max={TEXT_MAX} />
              </Fact>
            ),
        )}
        {web.status !== null && <Fact label="Answer">{web.status}</Fact>}
        {web.certificate_not_after !== null && (
          <Fact label="Certificate valid until">
            <Moment time={web.certificate_not_after} />
          </Fact>
        )}
      </Facts>
    </SheetPart>
  );
}

/** Whom a device hears, by LLDP and CDP. */
export function DeviceNeighbours({ neighbours }: { readonly neighbours: DiscoveredDevice['neighbours'] }) {
  const [all, setAll] = useState(false);
  if (neighbours.length === 0) return null;
  // One that is heard twice in the same words is one line.
  const distinct = [...new Map(neighbours.map((one) => [JSON.stringify(one), one]))];
  const shown = all ? distinct : distinct.slice(0, NEIGHBOURS_SHOWN);
  return (
    <SheetPart title={plural(distinct.length, 'neighbour')}>
      <ul className="flex flex-col gap-1 text-13">
        {shown.map(([key, neighbour]) => (
          <li key={key} className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-mono text-12 text-faint">
              <DeviceText text={neighbour.local_port ?? '–'} />
            </span>
            <span className="min-w-0 font-medium break-words">
              <DeviceText text={neighbour.name ?? neighbour.address ?? 'a device without a name'} />
            </span>
            {neighbour.port !== null && (
              <span className="font-mono text-12 text-faint">
                <DeviceText text={neighbour.port} />
              </span>
            )}
            {neighbour.address !== null && neighbour.name !== null && (
              <span className="font-mono text-12 text-soft">
                <DeviceText text={neighbour.address} />
              </span>
            )}
            <span className="ml-auto text-12 text-faint uppercase">{neighbour.protocol}</span>
          </li>
        ))}
      </ul>
      {distinct.length > shown.length && (
        <div>
          <Button look="ghost" onClick={() => setAll(true)}>
            Show all {distinct.length}
          </Button>
        </div>
      )}
    </SheetPart>
  );
}
