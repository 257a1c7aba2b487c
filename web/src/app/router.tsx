import { createBrowserRouter, Navigate } from 'react-router';
import { Gate } from './gate.tsx';
import { NotFound, RouteFailure } from './route-failure.tsx';

/** Each page is a chunk of its own, fetched when it is first opened. */
export const router = createBrowserRouter([
  {
    path: '/login',
    errorElement: <RouteFailure />,
    HydrateFallback: () => null,
    lazy: async () => ({ Component: (await import('../features/auth/login-page.tsx')).LoginPage }),
  },
  {
    path: '/',
    element: <Gate />,
    errorElement: <RouteFailure />,
    HydrateFallback: () => null,
    children: [
      {
        errorElement: <RouteFailure />,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import('../features/home/home-page.tsx')).HomePage }),
          },
          {
            path: 'nodes',
            lazy: async () => ({ Component: (await import('../features/nodes/nodes-page.tsx')).NodesPage }),
          },
          {
            path: 'nodes/:nodeId',
            lazy: async () => ({ Component: (await import('../features/nodes/node-page.tsx')).NodePage }),
          },
          {
            path: 'alerts',
            lazy: async () => ({
              Component: (await import('../features/alerts/alerts-page.tsx')).AlertsPage,
            }),
            children: [
              {
                index: true,
                lazy: async () => ({
                  Component: (await import('../features/alerts/active-tab.tsx')).ActiveTab,
                }),
              },
              {
                path: 'history',
                lazy: async () => ({
                  Component: (await import('../features/alerts/history-tab.tsx')).HistoryTab,
                }),
              },
              {
                path: 'deliveries',
                lazy: async () => ({
                  Component: (await import('../features/deliveries/deliveries-tab.tsx')).DeliveriesTab,
                }),
              },
              {
                path: 'definitions',
                lazy: async () => ({
                  Component: (await import('../features/definitions/definitions-tab.tsx')).DefinitionsTab,
                }),
              },
            ],
          },
          {
            path: 'alerts/definitions/:definitionId',
            lazy: async () => ({
              Component: (await import('../features/definitions/definition-page.tsx')).DefinitionPage,
            }),
          },
          {
            path: 'alerts/:alertId',
            lazy: async () => ({
              Component: (await import('../features/alerts/alert-page.tsx')).AlertPage,
            }),
          },
          {
            path: 'maintenance',
            lazy: async () => ({
              Component: (await import('../features/maintenance/maintenance-page.tsx')).MaintenancePage,
            }),
          },
          {
            path: 'maintenance/:windowId',
            lazy: async () => ({
              Component: (await import('../features/maintenance/window-page.tsx')).WindowPage,
            }),
          },
          {
            path: 'topology',
            lazy: async () => ({
              Component: (await import('../features/topology/topology-page.tsx')).TopologyPage,
            }),
            children: [
              {
                index: true,
                lazy: async () => ({
                  Component: (await import('../features/topology/map-tab.tsx')).MapTab,
                }),
              },
              {
                path: 'cabling',
                lazy: async () => ({
                  Component: (await import('../features/topology/cabling-tab.tsx')).CablingTab,
                }),
              },
              {
                path: 'unknown',
                lazy: async () => ({
                  Component: (await import('../features/topology/unknown-tab.tsx')).UnknownTab,
                }),
              },
              {
                path: 'single-points',
                lazy: async () => ({
                  Component: (await import('../features/topology/single-points-tab.tsx')).SinglePointsTab,
                }),
              },
              {
                path: 'where',
                lazy: async () => ({
                  Component: (await import('../features/topology/where-tab.tsx')).WhereTab,
                }),
              },
            ],
          },
          {
            path: 'discovery',
            lazy: async () => ({
              Component: (await import('../features/discovery/discovery-page.tsx')).DiscoveryPage,
            }),
          },
          {
            path: 'discovery/new',
            lazy: async () => ({
              Component: (await import('../features/discovery/new-job-page.tsx')).NewJobPage,
            }),
          },
          {
            path: 'discovery/first',
            lazy: async () => ({
              Component: (await import('../features/discovery/first-scan-page.tsx')).FirstScanPage,
            }),
          },
          {
            path: 'discovery/:jobId',
            lazy: async () => ({ Component: (await import('../features/discovery/job-page.tsx')).JobPage }),
          },
          {
            path: 'discovery/:jobId/edit',
            lazy: async () => ({
              Component: (await import('../features/discovery/edit-job-page.tsx')).EditJobPage,
            }),
          },
          {
            path: 'collection',
            lazy: async () => ({ Component: (await import('./collection-route.tsx')).CollectionRoute }),
            children: [
              { index: true, element: <Navigate to="collectors" replace /> },
              {
                path: 'collectors',
                lazy: async () => ({
                  Component: (await import('../features/collection/components-tab.tsx')).CollectorsTab,
                }),
              },
              {
                path: 'agents',
                lazy: async () => ({
                  Component: (await import('../features/collection/components-tab.tsx')).AgentsTab,
                }),
              },
              {
                path: 'gaps',
                lazy: async () => ({
                  Component: (await import('../features/collection/gaps-tab.tsx')).GapsTab,
                }),
              },
              {
                path: 'tokens',
                lazy: async () => ({
                  Component: (await import('../features/enrollment/tokens-tab.tsx')).TokensTab,
                }),
              },
            ],
          },
          {
            path: 'collection/components/:componentId',
            lazy: async () => ({
              Component: (await import('../features/component/component-page.tsx')).ComponentPage,
            }),
          },
          {
            path: 'settings',
            lazy: async () => ({
              Component: (await import('../features/settings/settings-page.tsx')).SettingsPage,
            }),
            children: [
              { index: true, element: <Navigate to="sites" replace /> },
              {
                path: 'sites',
                lazy: async () => ({
                  Component: (await import('../features/settings/sites-tab.tsx')).SitesTab,
                }),
              },
              {
                path: 'credentials',
                lazy: async () => ({
                  Component: (await import('../features/settings/credentials-tab.tsx')).CredentialsTab,
                }),
              },
              {
                path: 'templates',
                lazy: async () => ({
                  Component: (await import('../features/templates/templates-tab.tsx')).TemplatesTab,
                }),
              },
              {
                path: 'channels',
                lazy: async () => ({
                  Component: (await import('../features/channels/channels-tab.tsx')).ChannelsTab,
                }),
              },
              {
                path: 'teams',
                lazy: async () => ({
                  Component: (await import('../features/teams/teams-tab.tsx')).TeamsTab,
                }),
              },
              {
                path: 'users',
                lazy: async () => ({
                  Component: (await import('../features/settings/users-tab.tsx')).UsersTab,
                }),
              },
              {
                path: 'account',
                lazy: async () => ({
                  Component: (await import('../features/settings/account-tab.tsx')).AccountTab,
                }),
              },
            ],
          },
          {
            path: 'settings/templates/:slug',
            lazy: async () => ({
              Component: (await import('../features/templates/template-page.tsx')).TemplatePage,
            }),
          },
          {
            path: 'settings/template-proposal',
            lazy: async () => ({
              Component: (await import('../features/templates/proposal-page.tsx')).ProposalPage,
            }),
          },
          {
            path: 'settings/credentials/:credentialId',
            lazy: async () => ({
              Component: (await import('../features/settings/credential-page.tsx')).CredentialPage,
            }),
          },
          {
            path: 'settings/channels/:channelId',
            lazy: async () => ({
              Component: (await import('../features/channels/channel-page.tsx')).ChannelPage,
            }),
          },
          {
            path: 'settings/teams/:teamId',
            lazy: async () => ({
              Component: (await import('../features/teams/team-page.tsx')).TeamPage,
            }),
          },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
]);
