import type { Alert } from '@stratora/contract';
import { X } from 'lucide-react';
import { Button, IconButton } from '../../ui/button.tsx';
import { plural } from '../../ui/format/units.ts';
import type { AlertActions } from './alert-actions.tsx';

interface AlertBulkBarProps {
  readonly alerts: readonly Alert[];
  readonly actions: AlertActions;
  readonly onClear: () => void;
}

/** The bar of what can be done with all selected alerts at once. */
export function AlertBulkBar({ alerts, actions, onClear }: AlertBulkBarProps) {
  return (
    <div
      role="toolbar"
      aria-label="Selected alerts"
      className="sticky bottom-4 z-10 mx-auto flex max-w-full flex-wrap items-center gap-2 rounded-md border border-line-strong bg-raised py-2 pr-2 pl-4 shadow-(--shadow)"
    >
      <span role="status" className="tabular mr-2 text-13 font-medium">
        {plural(alerts.length, 'alert')} selected
      </span>
      <Button look="primary" onClick={() => actions.acknowledge(alerts)}>
        Acknowledge
      </Button>
      <Button onClick={() => actions.mute(alerts)}>Mute</Button>
      {alerts.some(({ acknowledged }) => acknowledged !== null) && (
        <Button disabled={actions.isPending} onClick={() => actions.unacknowledge(alerts)}>
          Un-acknowledge
        </Button>
      )}
      {alerts.some(({ muted }) => muted !== null) && (
        <Button disabled={actions.isPending} onClick={() => actions.unmute(alerts)}>
          Unmute
        </Button>
      )}
      <IconButton label="Clear the selection" onClick={onClear}>
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  );
}
