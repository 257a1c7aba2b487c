import type { Component, EngineChoice } from '@stratora/contract';
import { useState } from 'react';
import { useUpdateComponent } from '../../api/components.ts';
import { useMay } from '../../api/permission.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Fact, Facts, Panel } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { tellDone } from '../../ui/toast.tsx';

const CHOICES = [
  {
    value: 'auto',
    label: 'Automatic',
    note: 'Telegraf where it is installed and accepts the configuration, else the embedded engine',
  },
  { value: 'telegraf', label: 'Telegraf', note: 'Needs the Telegraf program on the host' },
  { value: 'embedded', label: 'Embedded', note: 'Comes with the component' },
] as const satisfies readonly { value: EngineChoice; label: string; note: string }[];

const NAMES = { telegraf: 'Telegraf', embedded: 'Embedded engine' } as const;

/** The card of the engine: which one gathers, how it is, and which one it should be. */
export function EngineCard({ component }: { readonly component: Component }) {
  const { engine } = component;
  return (
    <Panel title="Engine">
      <Facts className="grid-cols-2 p-4">
        <Fact label="Gathers with">
          {engine === null ? 'nothing yet' : `${NAMES[engine.kind]} ${engine.version}`}
        </Fact>
        <Fact label="Process">
          {engine === null ? (
            '–'
          ) : engine.running ? (
            `${component.connection === 'offline' ? 'ran' : 'runs'}${engine.pid === undefined ? '' : `, pid ${engine.pid}`}`
          ) : engine.idle === true ? (
            'rests: nothing to gather'
          ) : (
            <span className="font-medium text-critical">does not run</span>
          )}
        </Fact>
        <Fact label="Choice">
          <Choice component={component} />
        </Fact>
        {component.config_status === 'applied' && component.config_message && (
          <Fact label="Note" wide>
            {component.config_message}
          </Fact>
        )}
      </Facts>
    </Panel>
  );
}

function Choice({ component }: { readonly component: Component }) {
  const may = useMay();
  const update = useUpdateComponent();
  const [wanted, setWanted] = useState<EngineChoice>();
  const current = CHOICES.find(({ value }) => value === component.engine_choice);
  if (!may('component.manage')) return current?.label;
  const next = CHOICES.find(({ value }) => value === wanted);
  return (
    <>
      <Select
        label={`Engine of ${component.name}`}
        className="mt-1 max-w-56"
        value={component.engine_choice}
        options={CHOICES}
        onChange={(value) => value !== component.engine_choice && setWanted(value)}
      />
      <ConfirmDialog
        open={wanted !== undefined}
        onClose={() => setWanted(undefined)}
        title={
          wanted === 'auto'
            ? `Let ${component.name} choose its engine?`
            : `Gather with ${wanted === 'telegraf' ? 'Telegraf' : 'the embedded engine'} on ${component.name}?`
        }
        confirmLabel="Change the engine"
        onConfirm={async () => {
          if (wanted === undefined) return;
          await update.mutateAsync({ id: component.id, body: { engine_choice: wanted } });
          tellDone(`${component.name}: engine ${next?.label.toLowerCase() ?? ''}`);
        }}
      >
        <p>
          {next?.note}. The change is a new generation of its configuration: it is checked first, then tried,
          and taken back if no values come.
        </p>
        {wanted === 'telegraf' && (
          <p className="mt-2">
            Where the program is missing, the component refuses and says so; nothing stops.
          </p>
        )}
      </ConfirmDialog>
    </>
  );
}
