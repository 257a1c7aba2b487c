import type { AlertSeverity, DeliveryReason } from '@stratora/contract';

/** What teams are matched by, and what keeps an alert from being told. */
export interface EscalatedAlert {
  readonly id: string;
  readonly state: 'active' | 'resolved';
  readonly severity: AlertSeverity;
  readonly siteId: string | null;
  readonly groupIds: readonly string[];
  readonly definitionId: string;
  /** The definition that is overridden by none, of its family. */
  readonly rootId: string;
  readonly isAcknowledged: boolean;
  readonly isMuted: boolean;
  readonly isHeld: boolean;
  readonly isFlapping: boolean;
}

/** Somebody whom a step tells, or would. */
export interface StepRecipient {
  /** Null for a person who is on call, who is told by mail. */
  readonly channelId: string | null;
  readonly channelName: string;
  /** An address of mail; for other types the host that is posted to; empty where there is nobody. */
  readonly recipient: string;
  /** Why nobody is told; null: they are. */
  readonly skipped: DeliveryReason | null;
  /** That reason in words. */
  readonly message: string | null;
}

/** A place in the course of a team: a step, or a repeat of the last one. */
export interface TeamStop {
  readonly step: number;
  /** 0: the step itself. */
  readonly repeat: number;
  /** Milliseconds from the begin. */
  readonly afterMs: number;
}

/** A team as it is at the moment of a decision. */
export interface BookedTeam {
  readonly id: string;
  readonly name: string;
  readonly stepCount: number;
  /** Whether it takes an alert such as this one, on duty or not. */
  takes(alert: EscalatedAlert): boolean;
  /** Returns the stop of a position, counted from 0; undefined after the last. */
  stopAt(position: number): TeamStop | undefined;
  /** Returns whom a step tells at a moment; those who cannot be told come with the reason. */
  recipients(step: number, at: Date): readonly StepRecipient[];
}

/** The teams, their channels and their people, as one transaction sees them. */
export interface TeamBook {
  /**
   * Returns the teams that begin to tell of an alert at a moment.
   * @param begun ids of the teams that have begun already
   */
  takers(alert: EscalatedAlert, at: Date, begun: ReadonlySet<string>): readonly BookedTeam[];
  /** Returns when a team that is off duty may begin; undefined where none would. */
  nextTakersAt(alert: EscalatedAlert, at: Date, begun: ReadonlySet<string>): Date | undefined;
  /** Finds a team that is in use. */
  find(id: string): BookedTeam | undefined;
}
