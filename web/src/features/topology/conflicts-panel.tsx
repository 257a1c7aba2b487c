import type { AddressConflict } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { conflictsQuery } from '../../api/topology.ts';
import { whereAddress } from '../../domain/address-text.ts';
import { deviceLine } from '../../ui/format/device-text.ts';
import { formatCount, plural } from '../../ui/format/units.ts';
import { Panel } from '../../ui/page.tsx';
import { Ago } from '../../ui/time-text.tsx';
import { ToneBadge } from '../../ui/tone.tsx';

const KINDS: Readonly<Record<AddressConflict['kind'], string>> = {
  duplicate_ip: 'Address twice',
  wandering_mac: 'Wanders',
};
const SHOWN_MAX = 100;

/** Addresses that two devices seem to have, and those that keep moving; nothing where there is none. */
export function ConflictsPanel() {
  const { data } = useQuery(conflictsQuery);
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Panel title="Addresses that are odd" aside={plural(data.total, 'address', 'addresses')}>
      <ul aria-label="Addresses that are odd" className="text-13">
        {data.items.slice(0, SHOWN_MAX).map((conflict) => (
          <ConflictLine
            key={`${conflict.kind} ${conflict.ip_address} ${conflict.mac_addresses.join()}`}
            conflict={conflict}
          />
        ))}
      </ul>
      {data.total > SHOWN_MAX && (
        <p className="border-t border-line px-4 py-2 text-13 text-faint">
          and {formatCount(data.total - SHOWN_MAX)} more
        </p>
      )}
    </Panel>
  );
}

function ConflictLine({ conflict }: { readonly conflict: AddressConflict }) {
  const [mac] = conflict.mac_addresses;
  const query = conflict.ip_address === null ? { mac } : { ip: conflict.ip_address };
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 border-b border-line px-4 py-2.5 last:border-b-0">
      <ToneBadge tone="warn">{KINDS[conflict.kind]}</ToneBadge>
      <div className="min-w-0 flex-1 basis-60">
        <Link to={whereAddress(query)} className="font-mono font-medium hover:underline">
          {deviceLine(conflict.ip_address ?? mac ?? '', 48)}
        </Link>
        <div className="text-soft">
          <bdi className="break-words">{deviceLine(conflict.detail, 240)}</bdi>
        </div>
      </div>
      <span className="text-12 text-faint">
        since <Ago time={conflict.since} />
      </span>
    </li>
  );
}
