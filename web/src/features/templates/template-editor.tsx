import { useState } from 'react';
import { ApiError } from '../../api/client.ts';
import { useSaveTemplate } from '../../api/custom-templates.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/error-text.ts';
import { useUnloadGuard } from '../../ui/form-state.ts';
import { tellDone } from '../../ui/toast.tsx';

interface TemplateEditorProps {
  readonly initial: string;
  /** The template whose text it is; absent for a new one. */
  readonly replaced?: { readonly slug: string; readonly etag: string };
  readonly onSaved: (slug: string) => void;
}

/** The text of a template to be worked on. What the server finds wrong with it stands below, each with its line. */
export function TemplateEditor({ initial, replaced, onSaved }: TemplateEditorProps) {
  const [text, setText] = useState(initial);
  const save = useSaveTemplate();
  useUnloadGuard(replaced !== undefined && text !== initial);
  const submit = () =>
    save.mutate(
      { text, replaced },
      {
        onSuccess: ({ slug }) => {
          tellDone(`The template ${slug} is in force`);
          onSaved(slug);
        },
      },
    );
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <textarea
        aria-label="Text of the template"
        aria-describedby={save.isError ? 'template-faults' : undefined}
        className="h-96 w-full resize-y rounded-md border border-line-strong bg-canvas p-3 font-mono text-12 whitespace-pre"
        spellCheck={false}
        wrap="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {save.isError && (
        <ul
          id="template-faults"
          role="alert"
          className="flex flex-col gap-1 rounded-md border border-critical bg-critical-soft px-3 py-2 text-13"
        >
          {faultsOf(save.error).map((fault) => (
            <li key={fault} className="break-words">
              {fault}
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" type="submit" disabled={save.isPending}>
          Put in force
        </Button>
        <span className="text-12 text-faint">On all servers, for all nodes that have it.</span>
      </div>
    </form>
  );
}

function faultsOf(error: unknown): readonly string[] {
  const fields = error instanceof ApiError ? error.fields.map(({ message }) => message) : [];
  return fields.length > 0 ? fields : [describeError(error)];
}
