import type { Component } from '@stratora/contract';
import { History, Pin, PinOff } from 'lucide-react';
import { useState } from 'react';
import { useConfigPin } from '../api/components.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { tellDone } from '../ui/toast.tsx';

interface PinButtonProps {
  readonly component: Component;
  /** The generation to hold it at; undefined lets it go. */
  readonly generation: number | undefined;
  /** The newest that there is: holding it there is a pin, at any before it a roll back. */
  readonly newest?: number | undefined;
}

/** Pins, rolls back or unpins a component, and asks first. */
export function PinButton({ component, generation, newest }: PinButtonProps) {
  const [asking, setAsking] = useState(false);
  const pin = useConfigPin();
  const words = wordsOf(component, generation, newest);
  return (
    <>
      <Button icon={<words.icon size={14} aria-hidden />} onClick={() => setAsking(true)}>
        {words.button}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={words.title}
        confirmLabel={words.button}
        onConfirm={async () => {
          await pin.mutateAsync({ id: component.id, generation });
          tellDone(words.done);
        }}
      >
        {words.text}
      </ConfirmDialog>
    </>
  );
}

function wordsOf(
  { name, pinned_generation: pinned }: Component,
  generation: number | undefined,
  newest?: number,
) {
  if (generation === undefined) {
    return {
      icon: PinOff,
      button: 'Unpin',
      title: `Unpin ${name}?`,
      text: `It is held at generation ${pinned ?? '?'} now and is given the newest configuration at once. It tries it as always and rolls back if it does not work.`,
      done: `${name} gets the newest configuration`,
    };
  }
  if (newest !== undefined && generation < newest) {
    return {
      icon: History,
      button: `Roll back to ${generation}`,
      title: `Roll ${name} back to generation ${generation}?`,
      text: `It is given generation ${generation} and stays there: the ${newest - generation === 1 ? 'change' : 'changes'} made since, and those to come, do not reach it until you unpin it.`,
      done: `${name} is held at generation ${generation}`,
    };
  }
  return {
    icon: Pin,
    button: `Pin ${generation}`,
    title: `Pin ${name} at generation ${generation}?`,
    text: 'It keeps this configuration: changes of its nodes do not reach it until you unpin it.',
    done: `${name} is pinned at generation ${generation}`,
  };
}
