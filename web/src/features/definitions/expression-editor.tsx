import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  completionStatus,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { Compartment, EditorState, type Extension, Prec } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { PromQLExtension } from '@prometheus-io/codemirror-promql';
import { useEffect, useRef } from 'react';
import { createPromqlClient } from './promql-client.ts';

/** The colour of a series as ink: near enough to the text to be read on either theme (4.5:1). */
const ink = (series: number) => `color-mix(in oklab, var(--series-${series}) 60%, var(--text))`;

const HIGHLIGHT = HighlightStyle.define([
  { tag: tags.name, color: 'var(--text)' },
  { tag: tags.labelName, color: ink(2) },
  { tag: [tags.number, tags.literal], color: ink(3) },
  { tag: tags.string, color: ink(8) },
  { tag: tags.keyword, color: ink(4) },
  { tag: tags.modifier, color: ink(4) },
  { tag: tags.function(tags.variableName), color: ink(1) },
  { tag: tags.operator, color: 'var(--text-soft)' },
  { tag: tags.paren, color: 'var(--text-soft)' },
  { tag: tags.comment, color: 'var(--text-faint)' },
  { tag: tags.invalid, color: 'var(--critical)' },
]);

const LOOK = EditorView.theme({
  '&': { fontSize: '13px', backgroundColor: 'var(--canvas)', color: 'var(--text)', borderRadius: '6px' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '20px', minHeight: '92px' },
  '.cm-content': { padding: '8px 4px', caretColor: 'var(--text)' },
  // A break after the spaces of an indent would leave an empty line.
  '.cm-lineWrapping': { wordBreak: 'break-all' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground, .cm-content ::selection': {
    backgroundColor: 'color-mix(in oklab, var(--accent) 40%, transparent)',
  },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--active)', color: 'var(--text)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--text)',
    border: '1px solid var(--line-strong)',
    borderRadius: '6px',
    boxShadow: 'var(--shadow)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--font-mono)',
    fontSize: '12px',
    maxHeight: '220px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '4px 8px', lineHeight: '18px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--active)',
    color: 'var(--text)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionDetail': { color: 'var(--text-faint)', fontStyle: 'normal', marginLeft: '12px' },
  '.cm-diagnostic': { padding: '6px 10px', fontFamily: 'var(--font-sans)', fontSize: '13px' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--critical)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--critical)',
    textUnderlineOffset: '3px',
  },
});

/** Escape closes the box of completions, and only then the sheet that the form is in. */
const ESCAPE = Prec.highest(
  EditorView.domEventHandlers({
    keydown: (event, view) => {
      if (event.key === 'Escape' && completionStatus(view.state) !== null) event.stopPropagation();
      return false;
    },
  }),
);

interface ExpressionEditorProps {
  readonly id: string;
  readonly label: string;
  readonly describedBy: string | undefined;
  readonly isInvalid: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur: () => void;
}

const ATTRIBUTES = new Compartment();

/** The names of the editor for those who cannot see it. */
function attributesOf({
  id,
  label,
  describedBy,
  isInvalid,
}: Pick<ExpressionEditorProps, 'id' | 'label' | 'describedBy' | 'isInvalid'>): Extension {
  return EditorView.contentAttributes.of({
    id,
    'aria-label': label,
    spellcheck: 'false',
    ...(describedBy === undefined ? {} : { 'aria-describedby': describedBy }),
    ...(isInvalid ? { 'aria-invalid': 'true' } : {}),
  });
}

function extensions(props: () => ExpressionEditorProps): Extension[] {
  const promql = new PromQLExtension().setComplete({ remote: createPromqlClient() });
  return [
    ESCAPE,
    history(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ icons: false }),
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      ...completionKeymap,
      ...lintKeymap,
    ]),
    promql.asExtension(),
    syntaxHighlighting(HIGHLIGHT),
    LOOK,
    EditorView.lineWrapping,
    ATTRIBUTES.of(attributesOf(props())),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) props().onChange(update.state.doc.toString());
    }),
    EditorView.domEventHandlers({
      blur: () => {
        props().onBlur();
        return false;
      },
    }),
  ];
}

/** An editor of PromQL: completes with what this system measures, and underlines what is wrong. Tab leaves it. */
export function ExpressionEditor(props: ExpressionEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    if (host.current === null) return undefined;
    const made = new EditorView({
      state: EditorState.create({
        doc: latest.current.value,
        extensions: extensions(() => latest.current),
      }),
      parent: host.current,
    });
    view.current = made;
    return () => {
      made.destroy();
      view.current = undefined;
    };
  }, []);
  const { id, label, value, describedBy, isInvalid } = props;
  useEffect(() => {
    const editor = view.current;
    const now = editor?.state.doc.toString();
    // The form was filled anew; what is typed comes back as it is.
    if (now !== undefined && now !== value) {
      editor?.dispatch({ changes: { from: 0, to: now.length, insert: value } });
    }
  }, [value]);
  useEffect(() => {
    view.current?.dispatch({
      effects: ATTRIBUTES.reconfigure(attributesOf({ id, label, describedBy, isInvalid })),
    });
  }, [id, label, describedBy, isInvalid]);
  return (
    <div
      ref={host}
      className={`min-w-0 rounded-md border ${isInvalid ? 'border-critical' : 'border-control-line'}`}
    />
  );
}
