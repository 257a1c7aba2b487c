import { z } from 'zod';
import { hostAddressSchema } from './field.ts';
import { mailAddressSchema, postAddressSchema } from './notification-channel.ts';
import { SECRET_MARK } from './wire.ts';

/**
 * Ways to a mail server. `none`: in the clear, also where the server offers more; `starttls`: no mail goes out unless the
 * server takes STARTTLS; `tls`: TLS from the first byte.
 */
export const MAIL_SECURITIES = ['none', 'starttls', 'tls'] as const;
export type MailSecurity = (typeof MAIL_SECURITIES)[number];

// oxlint-disable-next-line no-control-regex -- refusing control characters is the point
const LOGIN_TEXT = /^[^\u0000-\u001f\u007f]*$/;
const loginText = (max: number) =>
  z.string().min(1).max(max).regex(LOGIN_TEXT, 'must not hold control characters');

/** The mail server of the settings, as people write it. The password never comes back: `SECRET_MARK` stands for it. */
export const mailServerSchema = z
  .strictObject({
    host: hostAddressSchema,
    port: z.int().min(1).max(65_535).default(587),
    security: z.enum(MAIL_SECURITIES).default('starttls'),
    /** Null: no login. */
    username: loginText(255).nullable().default(null),
    /** `SECRET_MARK` keeps the one that is set, for the same host and user. */
    password: loginText(1024).nullable().default(null),
    /** Address from which mail comes. */
    from: mailAddressSchema,
    /** Certificates in PEM that are trusted instead of the system's; null: the system's. */
    ca_pem: z.string().max(100_000).nullable().default(null),
  })
  .superRefine(({ username, password }, context) => {
    if ((username === null) !== (password === null)) {
      const path = username === null ? 'username' : 'password';
      context.addIssue({ code: 'custom', path: [path], message: 'is required for a login' });
    }
  });
export type MailServer = z.infer<typeof mailServerSchema>;

/** Returns a mail server as it is shown. */
export function shownMailServer(server: MailServer): MailServer {
  return { ...server, password: server.password === null ? null : SECRET_MARK };
}

/** The address by which people reach the server: scheme, host and perhaps port. */
export const publicOriginSchema = z
  .string()
  .trim()
  .max(300)
  .refine(
    (text) => /^https?:\/\/[^\s/?#@\\]+\/?$/i.test(text) && URL.canParse(text),
    'must be an address such as https://monitor.example.net, without a path',
  )
  .overwrite((text) => URL.parse(text)?.origin ?? text);

/** The sign of life that is posted to an address outside as long as all is well, so that its silence is noticed there. */
export const heartbeatSettingSchema = z.strictObject({
  url: postAddressSchema,
  every_seconds: z.int().min(10).max(86_400).default(60),
});
export type HeartbeatSetting = z.infer<typeof heartbeatSettingSchema>;
