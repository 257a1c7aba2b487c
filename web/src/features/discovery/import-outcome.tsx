import type { DiscoveredDevice, ImportedDevices } from '@stratora/contract';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { DeviceText } from '../../ui/device-text.tsx';
import { DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { plural } from '../../ui/format/units.ts';
import { deviceName } from './device-words.ts';

interface ImportOutcomeProps {
  readonly outcome: ImportedDevices;
  readonly devices: readonly DiscoveredDevice[];
  /** The site that they are at. */
  readonly siteId: string;
  readonly onClose: () => void;
}

/** What became of an import, and where it goes on. */
export function ImportOutcome({ outcome, devices, siteId, onClose }: ImportOutcomeProps) {
  const { created, existed, failed, items } = outcome;
  const byId = new Map(devices.map((device) => [device.id, device]));
  const failures = items.filter((item) => item.outcome === 'failed');
  const Icon = failed > 0 ? TriangleAlert : CircleCheck;
  const site = `?site=${siteId}`;
  return (
    <>
      <DialogBody className="flex flex-col gap-4">
        <div role="status" className="flex items-start gap-3">
          <Icon size={20} aria-hidden className={failed > 0 ? 'text-warning' : 'text-healthy'} />
          <div className="min-w-0">
            <p className="text-16 font-semibold">{plural(created, 'node')} added</p>
            <p className="text-13 text-soft">
              {existed > 0 && `${plural(existed, 'device was a node', 'devices were nodes')} already. `}
              {failed > 0 && `${plural(failed, 'device was', 'devices were')} not added. `}
              {created > 0 &&
                'The first data arrive within half a minute; the map fills as neighbours are read.'}
            </p>
          </div>
        </div>
        {failures.length > 0 && (
          <ul aria-label="Not added" className="rounded-md border border-line text-13">
            {failures.map(({ device_id: id, message }) => {
              const device = byId.get(id);
              return (
                <li key={id} className="border-b border-line px-3 py-1.5 break-words last:border-b-0">
                  <DeviceText className="font-medium" text={device === undefined ? id : deviceName(device)} />
                  <span className="text-soft">: {message}</span>
                </li>
              );
            })}
          </ul>
        )}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Back to the results</Button>
        <ButtonLink to={`/nodes${site}`}>Nodes</ButtonLink>
        <ButtonLink to={`/topology${site}`} look="primary">
          Show the map
        </ButtonLink>
      </DialogFooter>
    </>
  );
}
