import type { Alert, AlertAction } from '@stratora/contract';
import { type ReactNode, useState } from 'react';
import { useActOnAlerts } from '../../api/alerts.ts';
import { tellDone, tellFailure } from '../../ui/toast.tsx';
import { AcknowledgeDialog } from './acknowledge-dialog.tsx';
import { actedWords } from './action-words.ts';
import { MuteDialog } from './mute-dialog.tsx';

const NONE: readonly Alert[] = [];

export interface AlertActions {
  /** Asks for a comment first. */
  readonly acknowledge: (alerts: readonly Alert[]) => void;
  /** Asks for how long first. */
  readonly mute: (alerts: readonly Alert[]) => void;
  readonly unacknowledge: (alerts: readonly Alert[]) => void;
  readonly unmute: (alerts: readonly Alert[]) => void;
  /** Whether an action without a question is under way. */
  readonly isPending: boolean;
  /** The questions, to be put somewhere on the page. */
  readonly dialogs: ReactNode;
}

/** What people do to alerts, with the questions that come before it. What is over is left out. */
export function useAlertActions(onDone?: () => void): AlertActions {
  const [asking, setAsking] = useState<'acknowledge' | 'mute'>();
  const [alerts, setAlerts] = useState(NONE);
  const act = useActOnAlerts();
  const ask = (question: 'acknowledge' | 'mute') => (about: readonly Alert[]) => {
    setAlerts(about.filter(({ state }) => state === 'active'));
    setAsking(question);
  };
  const run = (action: AlertAction, done: string) => (about: readonly Alert[]) => {
    act
      .mutateAsync({ ids: about.map(({ id }) => id), acting: { action } })
      .then((answer) => {
        tellDone(actedWords(answer, done));
        onDone?.();
      })
      .catch((error: unknown) => tellFailure('The alerts were not changed', error));
  };
  const close = () => setAsking(undefined);
  return {
    acknowledge: ask('acknowledge'),
    mute: ask('mute'),
    unacknowledge: run('unacknowledge', 'no longer acknowledged'),
    unmute: run('unmute', 'no longer muted'),
    isPending: act.isPending,
    dialogs: (
      <>
        <AcknowledgeDialog
          alerts={asking === 'acknowledge' ? alerts : NONE}
          onClose={close}
          onDone={onDone}
        />
        <MuteDialog alerts={asking === 'mute' ? alerts : NONE} onClose={close} onDone={onDone} />
      </>
    ),
  };
}
