import type { MailSecurity } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Pencil, TriangleAlert } from 'lucide-react';
import { useSearchParams } from 'react-router';
import { type Settings, settingsQuery } from '../../api/settings.ts';
import { Button } from '../../ui/button.tsx';
import { formatDuration } from '../../ui/format/units.ts';
import { Fact, Facts, Panel } from '../../ui/page.tsx';
import { ErrorState, SkeletonRows } from '../../ui/view-state.tsx';
import { MailServerDialog } from './mail-server-form.tsx';

const SECURITY_WORDS: Readonly<Record<MailSecurity, string>> = {
  starttls: 'encrypted after STARTTLS',
  tls: 'encrypted from the start (TLS)',
  none: 'not encrypted',
};

/** The server that mail goes out by, and the address of links in messages. */
export function MailServerPanel({ isUsed }: { readonly isUsed: boolean }) {
  const settings = useQuery(settingsQuery);
  const [parameters, setParameters] = useSearchParams();
  const edit = (open: boolean) => {
    const next = new URLSearchParams(parameters);
    if (open) next.set('mail', '1');
    else next.delete('mail');
    setParameters(next, { replace: !open });
  };
  return (
    <Panel
      title="Mail server and links"
      aside={
        settings.data !== undefined && (
          <Button icon={<Pencil size={14} aria-hidden />} onClick={() => edit(true)}>
            {settings.data.smtp ? 'Edit' : 'Set up'}
          </Button>
        )
      }
    >
      {settings.data === undefined ? (
        settings.isError ? (
          <ErrorState
            title="The settings could not be loaded"
            error={settings.error}
            onRetry={() => void settings.refetch()}
          />
        ) : (
          <SkeletonRows count={2} />
        )
      ) : (
        <Summary settings={settings.data} isUsed={isUsed} />
      )}
      <MailServerDialog open={parameters.get('mail') !== null} onClose={() => edit(false)} />
    </Panel>
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
