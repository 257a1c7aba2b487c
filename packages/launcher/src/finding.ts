/** The result of one check. */
export interface Finding {
  subject: string;
  state: 'ok' | 'warning' | 'fault';
  detail: string;
  /** Advice on what to do about it. */
  advice?: string;
}
