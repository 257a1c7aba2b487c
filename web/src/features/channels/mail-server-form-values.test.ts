import { describe, expect, it } from 'vitest';
import { SECRET_MARK } from './channel-words.ts';
import { isPasswordKept, toMailServerBody, toMailServerForm } from './mail-server-form-values.ts';

const SMTP = {
  host: 'mail.example',
  port: 587,
  security: 'starttls',
  username: 'stratora',
  password: SECRET_MARK,
  from: 'stratora@example.com',
  ca_pem: null,
} as const;

describe('the form of the mail server', () => {
  it('sends what it got where nothing was touched', () => {
    for (const settings of [
      {
        smtp: SMTP,
        public_origin: 'https://stratora.example',
        heartbeat: { url: 'https://watch.example/x', every_seconds: 30 },
      },
      {
        smtp: { ...SMTP, username: null, password: null, security: 'none', port: 25 },
        public_origin: null,
        heartbeat: null,
      },
      { smtp: null, public_origin: null, heartbeat: null },
    ] as const) {
      expect(toMailServerBody(toMailServerForm(settings), settings.smtp)).toEqual(settings);
    }
  });

  it('replaces the password, and has none without a user name', () => {
    const start = toMailServerForm({ smtp: SMTP, public_origin: null, heartbeat: null });
    const values = { ...start, keeps_password: false, smtp: { ...start.smtp, password: 'new one' } };
    expect(toMailServerBody(values, SMTP).smtp).toMatchObject({ username: 'stratora', password: 'new one' });
    expect(toMailServerBody({ ...start, smtp: { ...start.smtp, username: ' ' } }, SMTP).smtp).toMatchObject({
      username: null,
      password: null,
    });
  });

  it('asks for the password anew for another server or user', () => {
    const start = toMailServerForm({ smtp: SMTP, public_origin: null, heartbeat: null });
    const kept = (change: Partial<typeof start.smtp>) =>
      isPasswordKept({ ...start, smtp: { ...start.smtp, ...change } }, SMTP);
    expect([
      kept({}),
      kept({ port: '25' }),
      kept({ host: 'other.example' }),
      kept({ username: 'x' }),
    ]).toEqual([true, true, false, false]);
  });
});
