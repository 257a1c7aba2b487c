import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { nodeQuery, nodeSearchQuery } from '../api/nodes.ts';
import { Button } from '../ui/button.tsx';
import { Field, TextInput } from '../ui/field.tsx';

interface NodePickerProps {
  /** The chosen node; empty: none. */
  readonly id: string;
  readonly error?: string | undefined;
  readonly label?: string;
  readonly onChoose: (id: string) => void;
}

/** Finds one node among ten thousand by its name. */
export function NodePicker({ id, error, label = 'Node', onChoose }: NodePickerProps) {
  const [text, setText] = useState('');
  const chosen = useQuery({ ...nodeQuery(id), enabled: id !== '' });
  const found =
    useQuery({ ...nodeSearchQuery(text.trim()), placeholderData: keepPreviousData }).data?.items ?? [];
  const choose = (next: string) => {
    onChoose(next);
    setText('');
  };
  if (id !== '' && error === undefined) {
    return (
      <div className="flex flex-col gap-1.5">
        <span className="text-13 font-medium">{label}</span>
        <div className="flex items-center gap-3 rounded-md border border-line bg-canvas py-1 pr-1 pl-3">
          <span className="min-w-0 flex-1 truncate">
            {chosen.data?.name ?? (chosen.isError ? 'One that is gone' : '…')}
          </span>
          <Button look="ghost" onClick={() => choose('')}>
            Choose another
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-1.5">
      <Field label={label} help="Type a part of its name or address" error={error}>
        {(control) => (
          <TextInput
            {...control}
            value={text}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              const [first] = found;
              if (text.trim() !== '' && first !== undefined) choose(first.id);
            }}
          />
        )}
      </Field>
      {text.trim() !== '' && (
        <ul aria-label="Nodes found" className="rounded-md border border-line bg-canvas p-1">
          {found.map((node) => (
            <li key={node.id}>
              <button
                type="button"
                className="flex min-h-8 w-full items-center gap-2 rounded-sm px-2 text-left text-13 hover:bg-hover max-md:min-h-10"
                onClick={() => choose(node.id)}
              >
                <span className="min-w-0 truncate">{node.name}</span>
                <span className="ml-auto font-mono text-12 text-faint">{node.ip_address}</span>
              </button>
            </li>
          ))}
          {found.length === 0 && <li className="px-2 py-1.5 text-13 text-faint">No node has this name.</li>}
        </ul>
      )}
    </div>
  );
}
