import { LogOut } from 'lucide-react';
import { useChangePassword, useLogout } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { PasswordForm } from '../../ui/password-form.tsx';
import { tellDone } from '../../ui/toast.tsx';
import { AuthFrame } from './auth-frame.tsx';

/** Shown instead of everything else until the first password is replaced. */
export function PasswordPage() {
  const change = useChangePassword();
  const logout = useLogout();
  return (
    <AuthFrame
      title="Choose your own password"
      lead="The password you logged in with was made for you. Replace it to go on."
    >
      <PasswordForm
        takesFocus
        saveLabel="Save and continue"
        save={async (body) => {
          await change.mutateAsync(body);
          tellDone('Password changed');
        }}
      />
      <div className="mt-6">
        <Button look="ghost" icon={<LogOut size={14} aria-hidden />} onClick={() => logout.mutate()}>
          Log out
        </Button>
      </div>
    </AuthFrame>
  );
}
