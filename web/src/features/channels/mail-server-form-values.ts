import type { MailSecurity, MailServer } from '@stratora/contract';
import type { Settings } from '../../api/settings.ts';
import { SECRET_MARK } from './channel-words.ts';

export const MAIL_SECURITY_ORDER = ['starttls', 'tls', 'none'] as const satisfies readonly MailSecurity[];

/** The port that each way of encryption has by custom (RFC 6409; RFC 8314; RFC 5321). */
export const MAIL_PORTS: Readonly<Record<MailSecurity, string>> = { starttls: '587', tls: '465', none: '25' };

export interface MailServerValues {
  /** Whether there is one. */
  readonly is_set: boolean;
  readonly smtp: {
    readonly host: string;
    readonly port: string;
    readonly security: MailSecurity;
    readonly username: string;
    readonly password: string;
    readonly from: string;
    readonly ca_pem: string;
  };
  /** Whether the password that is set was not replaced. */
  readonly keeps_password: boolean;
  readonly public_origin: string;
  /** Without a URL there is none. Seconds are text, as people type them. */
  readonly heartbeat: { readonly url: string; readonly every_seconds: string };
}

/** The settings that the form is of. */
type MailSettings = Omit<Settings, 'outage_notice'>;

export function toMailServerForm({ smtp, public_origin: origin, heartbeat }: MailSettings): MailServerValues {
  const security = smtp?.security ?? 'starttls';
  return {
    is_set: smtp !== null,
    smtp: {
      host: smtp?.host ?? '',
      port: String(smtp?.port ?? MAIL_PORTS[security]),
      security,
      username: smtp?.username ?? '',
      password: '',
      from: smtp?.from ?? '',
      ca_pem: smtp?.ca_pem ?? '',
    },
    keeps_password: smtp?.password === SECRET_MARK,
    public_origin: origin ?? '',
    heartbeat: { url: heartbeat?.url ?? '', every_seconds: String(heartbeat?.every_seconds ?? 60) },
  };
}

/** Whether the password stays the one that is set: for another server or user it must be given anew. */
export function isPasswordKept(
  { keeps_password: keeps, smtp }: MailServerValues,
  before: MailServer | null,
): boolean {
  return keeps && smtp.host.trim() === before?.host && smtp.username.trim() === (before.username ?? '');
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());

export function toMailServerBody(values: MailServerValues, before: MailServer | null): MailSettings {
  const { smtp } = values;
  const username = orNull(smtp.username);
  const password = isPasswordKept(values, before) ? SECRET_MARK : smtp.password === '' ? null : smtp.password;
  const server: MailServer = {
    host: smtp.host.trim(),
    port: Number(smtp.port.trim()),
    security: smtp.security,
    username,
    // Without a user name there is nothing that a password would belong to.
    password: username === null ? null : password,
    from: smtp.from.trim(),
    ca_pem: orNull(smtp.ca_pem),
  };
  const url = values.heartbeat.url.trim();
  return {
    smtp: values.is_set ? server : null,
    public_origin: orNull(values.public_origin),
    heartbeat: url === '' ? null : { url, every_seconds: Number(values.heartbeat.every_seconds.trim()) },
  };
}
