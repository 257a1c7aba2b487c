/**
 * The sentences about a device that gives no good answer, for the person who reads its collection status. They stand here
 * once: our own engine says them of what it met, and a component says them of what Telegraf met. This file imports
 * nothing, so that a component loads no SNMP for them.
 */

export function nothingListens(transport: 'TCP' | 'UDP', port: number | string, host: string): string {
  return `Nothing listens on ${transport} port ${port} of ${host}.`;
}

export function networkUnreachable(host: string): string {
  return `The network cannot reach ${host}.`;
}

/** @param tries how often the question went out */
export function noAnswer(host: string, port: number | string, tries: number): string {
  return `No answer from ${host} port ${port} after ${tries === 1 ? 'one try' : `${tries} tries`}.`;
}

/** Says that DNS knows no address for a name. */
export function nameWithoutAddress(host: string): string {
  return `The name ${host} has no address.`;
}

/** Says that nobody answers for a name: its name server is away or fails. */
export function nameServerSilent(host: string): string {
  return `The name ${host} cannot be resolved: no answer from its name server.`;
}

export function wrongLogin(): string {
  return 'The device refuses the SNMPv3 login: authentication password or protocol is wrong.';
}

/** Says what is known of a refusal that does not tell whether the user or the password is wrong. */
export function loginNotAccepted(): string {
  return 'The device does not accept the SNMPv3 login: user, authentication password or protocol is wrong.';
}

export function unknownUser(user: string): string {
  return `The device does not know the SNMPv3 user "${user}".`;
}

export function levelNotAllowed(level: string): string {
  return `The device does not allow the security level ${level} for this SNMPv3 user.`;
}

export function cannotDecrypt(): string {
  return 'The device cannot decrypt the request: privacy password or protocol is wrong.';
}

export function unknownContext(context: string): string {
  return `The device does not know the SNMPv3 context "${context}".`;
}

export function clockDoesNotSettle(): string {
  return "The device's SNMPv3 clock does not settle.";
}

export function engineIdChanges(): string {
  return 'The device changes its SNMPv3 engine id with every answer.';
}

export function refusedForUnknownReason(): string {
  return 'The device refuses the SNMPv3 request for an unknown reason.';
}

/** @param what says what is wrong with it, where that is known */
export function damagedAnswer(what = ''): string {
  return `The device sent a damaged answer${what === '' ? '' : `: ${what}`}.`;
}

export function repeatsItself(): string {
  return 'The device repeats itself in a table.';
}

/** @param what the error status in words */
export function answeredWithError(what: string): string {
  return `The device answered with an error: ${what}.`;
}
