import type { AlertDefinition, ScopeType } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Copy, Ellipsis, Pencil, Power, RotateCcw, SplitSquareVertical, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import {
  useCloneDefinition,
  useDeleteDefinition,
  useResetDefinition,
  useUpdateDefinition,
} from '../../api/alert-definitions.ts';
import { nodeQuery } from '../../api/nodes.ts';
import { useMay } from '../../api/permission.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { tellDone, tellFailure } from '../../ui/toast.tsx';
import { DefinitionFormDialog } from './definition-form.tsx';
import type { Place } from './definition-form-values.ts';

type Question = 'delete' | 'reset' | undefined;

/** Which form is open, in the URL: `edit=1`, or `replace=1` with the node for which (`for=<id>`). */
function useForms() {
  const [parameters, setParameters] = useSearchParams();
  const put = (name: string | undefined) => {
    const next = new URLSearchParams(parameters);
    for (const old of ['edit', 'replace', 'for']) next.delete(old);
    if (name !== undefined) next.set(name, '1');
    setParameters(next, { replace: name === undefined });
  };
  return {
    isEditing: parameters.get('edit') !== null,
    isReplacing: parameters.get('replace') !== null,
    nodeId: parameters.get('for') ?? undefined,
    edit: () => put('edit'),
    replace: () => put('replace'),
    close: () => put(undefined),
  };
}

/** The node that a definition is to be replaced for, once its name is known. */
function usePlace(nodeId: string | undefined): {
  readonly place: Place | undefined;
  readonly isKnown: boolean;
} {
  const node = useQuery({ ...nodeQuery(nodeId ?? ''), enabled: nodeId !== undefined });
  const name = node.data?.name;
  const place = useMemo(
    () =>
      nodeId === undefined || name === undefined
        ? undefined
        : { type: 'node' as const satisfies ScopeType, id: nodeId, name },
    [nodeId, name],
  );
  return { place, isKnown: nodeId === undefined || place !== undefined || node.isError };
}

/** What people do with a definition. */
export function DefinitionActions({ definition }: { readonly definition: AlertDefinition }) {
  const may = useMay();
  const forms = useForms();
  const navigate = useNavigate();
  const update = useUpdateDefinition();
  const clone = useCloneDefinition();
  const [question, setQuestion] = useState<Question>();
  const { place, isKnown } = usePlace(forms.nodeId);
  const replaced = useMemo(() => ({ root: definition, place }), [definition, place]);
  if (!may('definition.write')) return null;
  const attempt = (work: Promise<unknown>, failed: string) => {
    work.catch((error: unknown) => tellFailure(failed, error));
  };
  const show = ({ id }: AlertDefinition) => void navigate(`/alerts/definitions/${id}`);
  const toggle = async () => {
    const saved = await update.mutateAsync({ id: definition.id, body: { enabled: !definition.enabled } });
    tellDone(`${saved.name} is ${saved.enabled ? 'on' : 'off'}`);
  };
  const copy = async () => {
    const made = await clone.mutateAsync(definition.id);
    tellDone(`${made.name} made`, 'It is switched off until you have changed it.');
    show(made);
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button icon={<Pencil size={14} aria-hidden />} onClick={forms.edit}>
        Edit
      </Button>
      {definition.overrides === null && definition.kind !== 'store' && definition.kind !== 'notification' && (
        <Button icon={<SplitSquareVertical size={14} aria-hidden />} onClick={forms.replace}>
          Replace somewhere
        </Button>
      )}
      <Menu
        trigger={
          <IconButton label="More actions">
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem
          icon={<Power size={14} aria-hidden />}
          onSelect={() => attempt(toggle(), 'It was not changed')}
        >
          {definition.enabled ? 'Switch off' : 'Switch on'}
        </MenuItem>
        <MenuItem icon={<Copy size={14} aria-hidden />} onSelect={() => attempt(copy(), 'It was not copied')}>
          Clone
        </MenuItem>
        {definition.is_changed && (
          <MenuItem icon={<RotateCcw size={14} aria-hidden />} onSelect={() => setQuestion('reset')}>
            Reset to what was shipped
          </MenuItem>
        )}
        {!definition.is_shipped && (
          <MenuItem danger icon={<Trash2 size={14} aria-hidden />} onSelect={() => setQuestion('delete')}>
            Delete
          </MenuItem>
        )}
      </Menu>
      <DefinitionFormDialog
        open={forms.isEditing || (forms.isReplacing && isKnown)}
        definition={forms.isEditing ? definition : undefined}
        replaced={forms.isEditing ? undefined : replaced}
        onClose={forms.close}
        {...(forms.isEditing ? {} : { onSaved: show })}
      />
      <Questions definition={definition} question={question} onClose={() => setQuestion(undefined)} />
    </div>
  );
}

interface QuestionsProps {
  readonly definition: AlertDefinition;
  readonly question: Question;
  readonly onClose: () => void;
}

function Questions({ definition, question, onClose }: QuestionsProps) {
  const reset = useResetDefinition();
  const remove = useDeleteDefinition();
  const navigate = useNavigate();
  const count = definition.override_count;
  return (
    <>
      <ConfirmDialog
        open={question === 'reset'}
        onClose={onClose}
        title={`Reset ${definition.name}?`}
        confirmLabel="Reset"
        onConfirm={async () => {
          await reset.mutateAsync(definition.id);
          tellDone(`${definition.name} is again what was shipped`);
        }}
      >
        Expression, limits, texts and times become again what came with the product, and whether it is on.
        {count > 0 && ' What replaces it in narrower scopes stays.'}
      </ConfirmDialog>
      <ConfirmDialog
        open={question === 'delete'}
        onClose={onClose}
        title={`Delete ${definition.name}?`}
        confirmLabel="Delete definition"
        danger
        typeToConfirm={definition.name}
        onConfirm={async () => {
          await remove.mutateAsync(definition.id);
          tellDone(`${definition.name} deleted`);
          await navigate('/alerts/definitions');
        }}
      >
        {definition.overrides === null
          ? `It judges nothing any more, and its alerts end.${count > 0 ? ` What replaces it in ${count} narrower ${count === 1 ? 'scope' : 'scopes'} is deleted with it.` : ''} The history stays.`
          : 'Within its scope the definition that it replaces judges again.'}
      </ConfirmDialog>
    </>
  );
}
