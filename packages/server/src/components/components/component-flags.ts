import { CLOCK_SKEW_SECONDS, type ComponentFlag } from '@stratora/contract';

export interface FlagFacts {
  hostname: string;
  config_status: string | null;
  config_status_since: Date | null;
  config_message: string | null;
  clock_skew_seconds: number | null;
  clock_skew_since: Date | null;
  identity_conflict_at: Date | null;
  reported_hostname: string | null;
}

/** Lists the flags of a component, worst first. */
export function componentFlags(facts: FlagFacts): ComponentFlag[] {
  const flags: ComponentFlag[] = [];
  const flag = (code: ComponentFlag['code'], message: string, since: Date | null) =>
    flags.push({ code, message, since: since?.toISOString() ?? null });
  const { hostname, reported_hostname: reported, clock_skew_seconds: skew } = facts;
  if (facts.identity_conflict_at) {
    flag(
      'shared_identity',
      'Two processes use the identity of this component: a copied disk or state directory. Enrol one of them anew.',
      facts.identity_conflict_at,
    );
  }
  if (facts.config_status === 'engine_down') {
    const why = facts.config_message ? `: ${facts.config_message}` : '';
    flag('crash_loop', `Its engine does not stay up${why}`, facts.config_status_since);
  }
  if (skew !== null && Math.abs(skew) > CLOCK_SKEW_SECONDS) {
    const seconds = Math.round(Math.abs(skew));
    flag(
      'clock_skew',
      `Its clock is ${seconds} s ${skew > 0 ? 'ahead of' : 'behind'} the server's`,
      facts.clock_skew_since,
    );
  }
  if (reported !== null && reported.toLowerCase() !== hostname.toLowerCase()) {
    flag('hostname_changed', `It was registered as ${hostname} and calls itself ${reported} now`, null);
  }
  return flags;
}
