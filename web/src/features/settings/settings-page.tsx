import { Outlet, useLocation } from 'react-router';
import { useMay } from '../../api/permission.ts';
import { Page } from '../../ui/page.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';

export function SettingsPage() {
  const { pathname } = useLocation();
  const may = useMay();
  const tab = (to: string, label: string) => ({ to, label, active: pathname === to });
  return (
    <Page title="Settings">
      <TabLinks
        label="Settings"
        tabs={[
          tab('/settings/sites', 'Sites'),
          tab('/settings/credentials', 'Credentials'),
          tab('/settings/templates', 'Device templates'),
          tab('/settings/channels', 'Channels'),
          tab('/settings/teams', 'Teams'),
          ...(may('user.manage') ? [tab('/settings/users', 'Users')] : []),
          tab('/settings/account', 'Your account'),
        ]}
      />
      <Outlet />
    </Page>
  );
}
