import { CLOCK_SKEW_SECONDS, type ComponentFlag } from '@stratora/contract';

/** Another component of the same kind that shares something with this one. */
export interface SameHost {
  name: string;
  /** RFC 3339 time since which there are two. */
  since: string;
}

export interface FlagFacts {
  hostname: string;
  config_status: string | null;
  config_status_since: Date | null;
  config_message: string | null;
  clock_skew_seconds: number | null;
  clock_skew_since: Date | null;
  identity_conflict_at: Date | null;
  reported_hostname: string | null;
  machine_changed_at: Date | null;
  same_name: SameHost | null;
  same_machine: SameHost | null;
}

/** Lists the flags of a component, worst first. */
export function componentFlags(facts: FlagFacts): ComponentFlag[] {
  const flags = identityFlags(facts);
  const flag = flagInto(flags);
  const { hostname, reported_hostname: reported, clock_skew_seconds: skew } = facts;
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

/** Lists what speaks against a component being one machine, and the one that it was. */
function identityFlags(facts: FlagFacts): ComponentFlag[] {
  const flags: ComponentFlag[] = [];
  const flag = flagInto(flags);
  if (facts.identity_conflict_at) {
    flag(
      'shared_identity',
      'Two processes use the identity of this component: a copied disk or state directory. Enrol one of them anew.',
      facts.identity_conflict_at,
    );
  }
  if (facts.machine_changed_at) {
    flag(
      'machine_changed',
      'Another machine of this name asks to go on as this component. Approve it if the host was installed anew.',
      facts.machine_changed_at,
    );
  }
  const { same_machine: machine, same_name: name } = facts;
  if (machine) {
    flag(
      'same_machine',
      `It has the machine id of ${machine.name}: a copied disk. Give one of them a machine id of its own.`,
      new Date(machine.since),
    );
  } else if (name) {
    flag('same_name', `Same name as ${name.name}, which is another machine`, new Date(name.since));
  }
  return flags;
}

function flagInto(flags: ComponentFlag[]) {
  return (code: ComponentFlag['code'], message: string, since: Date | null) =>
    flags.push({ code, message, since: since?.toISOString() ?? null });
}
