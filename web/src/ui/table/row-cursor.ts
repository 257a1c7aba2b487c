import { useEffect, useRef } from 'react';

const MODAL = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input:not([type="checkbox"]), textarea, select, [contenteditable]') !== null
  );
}

export interface RowKeys {
  readonly move: (by: 1 | -1) => void;
  readonly open: () => void;
  readonly toggle: () => void;
  /** Any other key of one character. */
  readonly other: (key: string) => void;
}

/** j and k move through rows, Enter opens, x selects; silent while one types or a dialog is open. */
export function useRowKeys(keys: RowKeys): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector(MODAL) !== null) return;
      const { move, open, toggle, other } = current.current;
      if (event.key === 'j') move(1);
      else if (event.key === 'k') move(-1);
      else if (event.key === 'x') toggle();
      else if (
        event.key === 'Enter' &&
        !(event.target instanceof HTMLElement && event.target.closest('a, button') !== null)
      )
        open();
      else if (event.key.length === 1) other(event.key);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
