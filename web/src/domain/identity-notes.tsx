import type { Component, ComponentFlag } from '@stratora/contract';
import { Copy } from 'lucide-react';
import { ToneBadge } from '../ui/tone.tsx';

const LABELS: Readonly<Partial<Record<ComponentFlag['code'], string>>> = {
  machine_changed: 'Another machine',
  same_machine: 'Copied disk',
  same_name: 'Same name',
};

/** A flag on which machine a component is, which says nothing of how well it works. */
export interface IdentityNote {
  readonly label: string;
  readonly message: string;
}

/** Finds what there is to know of the identity of a component beside its troubles, worst first. */
export function identityNote({ flags }: Pick<Component, 'flags'>): IdentityNote | undefined {
  for (const { code, message } of flags) {
    const label = LABELS[code];
    if (label !== undefined) return { label, message };
  }
  return undefined;
}

/** The mark beside the name of a component that shares it with another machine; its page says what it means. */
export function IdentityMark({ component }: { readonly component: Component }) {
  const note = identityNote(component);
  if (note === undefined) return null;
  return (
    <span title={`${note.label}: ${note.message}`} className="shrink-0 text-discovering">
      <Copy size={14} strokeWidth={2.25} aria-hidden />
      <span className="sr-only">{note.label}</span>
    </span>
  );
}

/** The sentence on the identity of a component, where there is one. */
export function IdentityText({ component }: { readonly component: Component }) {
  const note = identityNote(component);
  if (note === undefined) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-13 text-soft">
      <ToneBadge tone="info" icon={Copy}>
        {note.label}
      </ToneBadge>
      <span className="min-w-0 break-words">{note.message}</span>
    </p>
  );
}
