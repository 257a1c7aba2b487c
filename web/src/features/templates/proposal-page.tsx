import { MAX_WALK_CHARACTERS } from '@stratora/contract';
import { FileUp } from 'lucide-react';
import { useRef, useState } from 'react';
import { useProposeTemplate } from '../../api/custom-templates.ts';
import { useMay } from '../../api/permission.ts';
import { EntityHeader } from '../../domain/entity-page.tsx';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/error-text.ts';
import { Panel, usePageTitle } from '../../ui/page.tsx';
import { EmptyState, SkeletonRows } from '../../ui/view-state.tsx';
import { ProposalView } from './proposal-view.tsx';
import { walkFault } from './template-words.ts';

/** The page that proposes a template for a recorded device. */
export function ProposalPage() {
  usePageTitle('A template from a walk');
  const may = useMay()('node.write');
  const propose = useProposeTemplate();
  const [file, setFile] = useState<string>();
  const [fault, setFault] = useState<string>();
  const take = async (chosen: File): Promise<void> => {
    const text = await chosen.text();
    const found = walkFault(text, MAX_WALK_CHARACTERS);
    setFile(chosen.name);
    setFault(found);
    propose.reset();
    if (found === undefined) propose.mutate({ walk: text });
  };
  const message = fault ?? (propose.isError ? describeError(propose.error) : undefined);
  return (
    <div className="mx-auto flex w-full max-w-[1600px] flex-col gap-4 px-4 py-5 md:px-6">
      <EntityHeader
        path={[{ to: '/settings/templates', label: 'Device templates' }]}
        name="A template from a walk"
        actions={may && <FileButton onChoose={(chosen) => void take(chosen)} busy={propose.isPending} />}
      >
        <p>
          A recording of a device says which template fits it, what that would poll, and what else the device
          holds. Nothing is changed, and no device is asked.
        </p>
      </EntityHeader>
      {message !== undefined && (
        <p role="alert" className="rounded-md border border-critical bg-critical-soft px-3 py-2 text-13">
          {file === undefined ? '' : `${file}: `}
          {message}
        </p>
      )}
      {propose.isPending ? (
        <Panel title={file}>
          <SkeletonRows />
        </Panel>
      ) : propose.data !== undefined && fault === undefined ? (
        <ProposalView proposal={propose.data} file={file ?? ''} />
      ) : (
        <Panel>
          <EmptyState icon={FileUp} title="Choose a recording">
            {may
              ? 'A file of OID|tag|value lines, as snmprec and "stratora simulate" have them.'
              : 'Operators and administrators may ask for a proposal.'}
          </EmptyState>
        </Panel>
      )}
    </div>
  );
}

interface FileButtonProps {
  readonly onChoose: (file: File) => void;
  readonly busy: boolean;
}

function FileButton({ onChoose, busy }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".snmprec,.txt,text/plain"
        aria-label="Recording of a device"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          // The same file can be chosen again, after it was changed.
          event.target.value = '';
          if (chosen !== undefined) onChoose(chosen);
        }}
      />
      <Button
        look="primary"
        disabled={busy}
        icon={<FileUp size={14} aria-hidden />}
        onClick={() => input.current?.click()}
      >
        Choose a recording
      </Button>
    </>
  );
}
