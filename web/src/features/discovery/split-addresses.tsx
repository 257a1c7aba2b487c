import type { DiscoveredDevice } from '@stratora/contract';
import { useState } from 'react';
import { useSplitDevice } from '../../api/discovery.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { plural } from '../../ui/format/units.ts';
import { tellDone, tellFailure } from '../../ui/toast.tsx';

interface SplitAddressesProps {
  readonly jobId: string;
  readonly device: DiscoveredDevice;
  readonly mayChange: boolean;
}

/** The addresses of a device; some of them can be made a device of their own. */
export function SplitAddresses({ jobId, device, mayChange }: SplitAddressesProps) {
  const split = useSplitDevice(jobId);
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const { id, ip_address: main, addresses } = device;
  const canSplit = mayChange && addresses.length > 1;
  const chosen = addresses.filter((address) => taken.has(address));
  const run = () =>
    split.mutate(
      { id, addresses: chosen },
      {
        onSuccess: () => {
          setTaken(new Set());
          tellDone(`${plural(chosen.length, 'address', 'addresses')} made a device of its own`);
        },
        onError: (error) => tellFailure('It stays one device', error),
      },
    );
  return (
    <>
      <ul aria-label="Addresses" className="flex max-h-56 flex-col overflow-y-auto">
        {addresses.map((address) => (
          <li key={address} className="flex min-h-7 items-center gap-2 font-mono text-12 max-md:min-h-10">
            {canSplit && address !== main ? (
              <label className="flex min-w-0 items-center gap-2">
                <input
                  type="checkbox"
                  className="size-4 accent-accent"
                  checked={taken.has(address)}
                  onChange={({ target }) => {
                    const next = new Set(taken);
                    if (target.checked) next.add(address);
                    else next.delete(address);
                    setTaken(next);
                  }}
                />
                {address}
              </label>
            ) : (
              <span className={classNames('flex items-center gap-1', canSplit && 'pl-6')}>
                {address}
                {address === main && <CopyButton text={address} label="Copy the address" />}
                {addresses.length > 1 && address === main && (
                  <span className="font-sans text-faint">by which it is asked</span>
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
      {chosen.length > 0 && (
        <div>
          <Button disabled={split.isPending} onClick={run}>
            Make {plural(chosen.length, 'address', 'addresses')} a device of its own
          </Button>
        </div>
      )}
    </>
  );
}
