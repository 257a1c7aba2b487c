import { useChangePassword, useUser } from '../../api/session.ts';
import { Fact, Facts, Panel } from '../../ui/page.tsx';
import { PasswordForm } from '../../ui/password-form.tsx';
import { Ago } from '../../ui/time-text.tsx';
import { tellDone } from '../../ui/toast.tsx';

export function AccountTab() {
  const user = useUser();
  const change = useChangePassword();
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Panel title="You">
        <Facts className="p-4">
          <Fact label="User name">{user.username}</Fact>
          <Fact label="Name">{user.display_name ?? '–'}</Fact>
          <Fact label="E-mail">{user.email ?? '–'}</Fact>
          <Fact label="Role">{user.role}</Fact>
          <Fact label="Last login">
            <Ago time={user.last_login_at} />
          </Fact>
        </Facts>
      </Panel>
      <Panel title="Change your password">
        <div className="max-w-md p-4">
          <PasswordForm
            saveLabel="Change password"
            save={async (body) => {
              await change.mutateAsync(body);
              tellDone('Password changed');
            }}
          />
        </div>
      </Panel>
    </div>
  );
}
