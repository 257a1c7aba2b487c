import { useQuery } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { type Settings, settingsQuery } from '../../api/settings.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/page.tsx';
import { ErrorState, SkeletonRows } from '../../ui/view-state.tsx';

interface SettingsPanelProps {
  readonly title: string;
  /** The parameter of the address while the settings are edited. */
  readonly parameter: string;
  /** Whether there is something to edit already. */
  readonly isSet: (settings: Settings) => boolean;
  /** What the settings say. */
  readonly children: (settings: Settings) => ReactNode;
  readonly dialog: (dialog: { readonly open: boolean; readonly onClose: () => void }) => ReactNode;
}

/** Some of the settings in words, with a dialog to edit them. */
export function SettingsPanel({ title, parameter, isSet, children, dialog }: SettingsPanelProps) {
  const settings = useQuery(settingsQuery);
  const [parameters, setParameters] = useSearchParams();
  const edit = (open: boolean) => {
    const next = new URLSearchParams(parameters);
    if (open) next.set(parameter, '1');
    else next.delete(parameter);
    setParameters(next, { replace: !open });
  };
  return (
    <Panel
      title={title}
      aside={
        settings.data !== undefined && (
          <Button icon={<Pencil size={14} aria-hidden />} onClick={() => edit(true)}>
            {isSet(settings.data) ? 'Edit' : 'Set up'}
          </Button>
        )
      }
    >
      {settings.data !== undefined ? (
        children(settings.data)
      ) : settings.isError ? (
        <ErrorState
          title="The settings could not be loaded"
          error={settings.error}
          onRetry={() => void settings.refetch()}
        />
      ) : (
        <SkeletonRows count={2} />
      )}
      {dialog({ open: parameters.get(parameter) !== null, onClose: () => edit(false) })}
    </Panel>
  );
}
