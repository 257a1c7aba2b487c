import type { MailSecurity } from '@stratora/contract';
import { TriangleAlert } from 'lucide-react';
import type { Settings } from '../../api/settings.ts';
import { formatDuration } from '../../ui/format/units.ts';
import { Fact, Facts } from '../../ui/page.tsx';
import { MailServerDialog } from './mail-server-form.tsx';
import { SettingsPanel } from './settings-panel.tsx';

const SECURITY_WORDS: Readonly<Record<MailSecurity, string>> = {
  starttls: 'encrypted after STARTTLS',
  tls: 'encrypted from the start (TLS)',
  none: 'not encrypted',
};

/** The server that mail goes out by, and the address of links in messages. */
export function MailServerPanel({ isUsed }: { readonly isUsed: boolean }) {
  return (
    <SettingsPanel
      title="Mail server and links"
      parameter="mail"
      isSet={({ smtp }) => smtp !== null}
      dialog={(dialog) => <MailServerDialog {...dialog} />}
    >
      {(settings) => <Summary settings={settings} isUsed={isUsed} />}
    </SettingsPanel>
  );
}

function Summary({
  settings: { smtp, public_origin: origin, heartbeat },
  isUsed,
}: {
  readonly settings: Settings;
  readonly isUsed: boolean;
}) {
  return (
    <>
      {!smtp && isUsed && (
        <p className="flex gap-2 border-b border-line bg-warning-soft px-4 py-2 text-13">
          <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-warning" />
          There are mail channels, and no server that would take their mail.
        </p>
      )}
      <Facts className="p-4 lg:grid-cols-4">
        <Fact label="Mail server">
          {smtp ? (
            <>
              {smtp.host}, port {smtp.port}
            </>
          ) : (
            'none: no mail goes out, also to people who are on call'
          )}
        </Fact>
        {smtp && <Fact label="Connection">{SECURITY_WORDS[smtp.security]}</Fact>}
        {smtp && <Fact label="Login">{smtp.username === null ? 'none' : `as ${smtp.username}`}</Fact>}
        {smtp && <Fact label="Mail comes from">{smtp.from}</Fact>}
        <Fact label="Sign of life goes to">
          {heartbeat === null
            ? 'nowhere'
            : `${heartbeat.url}, every ${formatDuration(heartbeat.every_seconds)}`}
        </Fact>
        <Fact label="Links in messages lead to">{origin ?? 'the address of this server'}</Fact>
      </Facts>
    </>
  );
}
