export interface paths {
    "/api/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Health of this server */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log in with a cookie */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Get a bearer token */
        post: operations["createBearerToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/components/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enrol a collector or an agent with an enrollment token */
        post: operations["registerComponent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/install/ca.crt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The server's private authority, to be checked by its hash */
        get: operations["getInstallCaCrt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/install/linux.sh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Installs a collector or an agent: linux */
        get: operations["getInstallLinuxSh"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/install/windows.ps1": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Installs a collector or an agent: windows */
        get: operations["getInstallWindowsPs1"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/install/container.sh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Installs a collector or an agent: container */
        get: operations["getInstallContainerSh"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/install/{archive}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The program for other hosts */
        get: operations["getInstallArchive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/acknowledge/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page of an acknowledge link; it changes nothing */
        get: operations["showAcknowledgePage"];
        put?: never;
        /** Acknowledge an alert by its link, without a login */
        post: operations["acknowledgeByLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/remote-collectors/{id}/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The config that a collector should run */
        get: operations["getRemoteCollectorConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{node_id}/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The config that an agent should run */
        get: operations["getAgentConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/remote-collectors/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How the config, the engine and the targets of a collector are */
        post: operations["reportCollector"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/heartbeat/{node_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An agent is alive */
        post: operations["sendAgentHeartbeat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/components/{id}/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The next key of a component, fetched with the one it has */
        post: operations["fetchComponentKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/remote-collectors/{id}/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The jobs that wait for a collector, with what they need; secrets are among it */
        get: operations["listComponentJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/remote-collectors/{id}/jobs/{job_id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What came of a job, in parts or whole; of one that has ended nothing more is taken */
        post: operations["reportComponentJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/remote-collectors/{id}/outage-orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom a collector tells while it cannot reach the server, with the secrets for it */
        get: operations["getOutageOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/remote-collectors/{id}/outages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An outage of the server as a collector saw it, and whom it told */
        post: operations["reportOutage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ingest/influx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Samples in InfluxDB line protocol, plain or gzip */
        post: operations["ingestSamples"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End this session */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who am I */
        get: operations["getOwnUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/change-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change my password */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List users */
        get: operations["listUsers"];
        put?: never;
        /** Create a user */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One user */
        get: operations["getUser"];
        /** Replace a user */
        put: operations["replaceUser"];
        post?: never;
        /** Delete a user */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        /** Change a user; what is absent stays */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/api/v1/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, newest first */
        get: operations["listAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Settings in force */
        get: operations["getSettings"];
        /** Replace the settings; what is absent gets its default */
        put: operations["replaceSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change settings; what is absent stays */
        patch: operations["updateSettings"];
        trace?: never;
    };
    "/api/v1/credential-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which credential key seals secrets, and which secrets another one does */
        get: operations["getCredentialKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/credential-key/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have the newest credential key seal from now on, and everything sealed anew with it */
        post: operations["rotateCredentialKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List sites */
        get: operations["listSites"];
        put?: never;
        /** Create a site */
        post: operations["createSite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One site */
        get: operations["getSite"];
        /** Replace a site */
        put: operations["replaceSite"];
        post?: never;
        /** Delete a site without nodes */
        delete: operations["deleteSite"];
        options?: never;
        head?: never;
        /** Change a site; what is absent stays */
        patch: operations["updateSite"];
        trace?: never;
    };
    "/api/v1/node-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List node groups */
        get: operations["listNodeGroups"];
        put?: never;
        /** Create a group */
        post: operations["createNodeGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/node-groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One group */
        get: operations["getNodeGroup"];
        /** Replace a group */
        put: operations["replaceNodeGroup"];
        post?: never;
        /** Delete a group, not its nodes */
        delete: operations["deleteNodeGroup"];
        options?: never;
        head?: never;
        /** Change a group; what is absent stays */
        patch: operations["updateNodeGroup"];
        trace?: never;
    };
    "/api/v1/nodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Nodes */
        get: operations["listNodes"];
        put?: never;
        /** Create a node */
        post: operations["createNode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/nodes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One node, with how gathering from it goes */
        get: operations["getNode"];
        /** Replace a node */
        put: operations["replaceNode"];
        post?: never;
        /** Delete a node */
        delete: operations["deleteNode"];
        options?: never;
        head?: never;
        /** Change a node; what is absent stays */
        patch: operations["updateNode"];
        trace?: never;
    };
    "/api/v1/nodes/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** One action on many nodes, all or none */
        post: operations["changeManyNodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/nodes/{id}/credentials/{purpose}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Attach a credential */
        put: operations["replaceNodeCredential"];
        post?: never;
        /** Detach a credential */
        delete: operations["deleteNodeCredential"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topology": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Nodes and the links between them; of a site, or of a node with what is next to it */
        get: operations["getTopology"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topology/nodes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a node says of its neighbours, table by table */
        get: operations["getNodeNeighbours"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topology/layout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where things stand on the map */
        get: operations["getTopologyLayout"];
        /** Place things on the map by hand; what is not named stays */
        put: operations["replaceTopologyLayout"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topology/layout/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forget where things of a site, or all, stand, and lay them out anew */
        post: operations["postTopologyLayoutReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topology/where": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ports at which a MAC or IP address is, and those that it has left */
        get: operations["getTopologyWhere"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topology/conflicts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Addresses that several devices have, or that are at several places */
        get: operations["getTopologyConflicts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topology/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Link two nodes */
        post: operations["createTopologyLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topology/links/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One link */
        get: operations["getTopologyLink"];
        put?: never;
        post?: never;
        /** Delete a link that was drawn, or that nobody sees any more */
        delete: operations["deleteTopologyLink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/nodes/{id}/parents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The nodes that a node is reached through */
        get: operations["getNodeParents"];
        /** Set the nodes that a node is reached through; none: its links say it again */
        put: operations["replaceNodeParents"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topology/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The wiring that somebody approved, and what is not so any more */
        get: operations["getTopologyApproval"];
        put?: never;
        /** Approve the wiring as it is now: of all sites, of one, or some links */
        post: operations["approveWiring"];
        /** Forget the approved wiring of all sites, or of one */
        delete: operations["deleteTopologyApproval"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topology/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened to links and devices, newest first */
        get: operations["listTopologyEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topology/impact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What goes dark when a node is switched off or a link unplugged, and what has no second way then */
        get: operations["getTopologyImpact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topology/single-points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Nodes, devices and links that take others with them */
        get: operations["getTopologySinglePoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topology/neighbours/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make nodes of devices that neighbours tell of */
        post: operations["importNeighbours"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Credentials, without their secrets */
        get: operations["listCredentials"];
        put?: never;
        /** Create a credential */
        post: operations["createCredential"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/credentials/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One credential, without its secret */
        get: operations["getCredential"];
        /** Replace a credential */
        put: operations["replaceCredential"];
        post?: never;
        /** Delete a credential that no node uses */
        delete: operations["deleteCredential"];
        options?: never;
        head?: never;
        /** Change a credential; what is absent stays, a secret is replaced whole */
        patch: operations["updateCredential"];
        trace?: never;
    };
    "/api/v1/credentials/{id}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show the secret; who and why is kept in the audit log */
        post: operations["revealCredential"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/device-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Device templates by slug */
        get: operations["listDeviceTemplates"];
        put?: never;
        /** Write a device template, the text of its file, and put it in force */
        post: operations["createDeviceTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/device-templates/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One device template, with everything it inherits */
        get: operations["getDeviceTemplate"];
        /** Replace a device template that somebody wrote; If-Match takes the tag of its text */
        put: operations["replaceDeviceTemplate"];
        post?: never;
        /** Delete a device template that somebody wrote and nothing uses */
        delete: operations["deleteDeviceTemplate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/device-templates/reload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read the template files of this server again, and put them in force on all */
        post: operations["reloadDeviceTemplates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/device-templates/{slug}/text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The text of a device template that somebody wrote */
        get: operations["getDeviceTemplateText"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/classify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a device is, by what it says of itself, without touching one */
        post: operations["classifyDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/device-templates/propose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A template for a recorded device, and what it was made of, without touching one */
        post: operations["proposeDeviceTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/nodes/{id}/identity-correction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What somebody said that a node is */
        get: operations["getNodeIdentityCorrection"];
        /** Say what a node is, which wins over every rule; an identity of nulls takes it back */
        put: operations["replaceNodeIdentityCorrection"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/identity-corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All corrections of identities: cases that rules can be tested by */
        get: operations["listIdentityCorrections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/identity-corrections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One correction */
        get: operations["getIdentityCorrection"];
        put?: never;
        post?: never;
        /** Take a correction back */
        delete: operations["deleteIdentityCorrection"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List discovery jobs */
        get: operations["listDiscoveryJobs"];
        put?: never;
        /** Create a discovery job; the scan begins at once unless start is false */
        post: operations["createDiscoveryJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One discovery job, with its last run */
        get: operations["getDiscoveryJob"];
        /** Replace a discovery job */
        put: operations["replaceDiscoveryJob"];
        post?: never;
        /** Delete a discovery job with what it found; nodes that were made of that stay */
        delete: operations["deleteDiscoveryJob"];
        options?: never;
        head?: never;
        /** Change a discovery job; what is absent stays, and a run that is under way goes on as it began */
        patch: operations["updateDiscoveryJob"];
        trace?: never;
    };
    "/api/v1/discovery/jobs/{id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The runs of a discovery job, the newest first */
        get: operations["listDiscoveryRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/jobs/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a run found otherwise than the one before; the last run where none is named */
        get: operations["listDiscoveryChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/jobs/{id}/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every kind of packet that a run sent to each address; the last run where none is named */
        get: operations["listDiscoveryLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/jobs/{id}/rerun": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Scan a job again */
        post: operations["rerunDiscoveryJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the scan of a job at once; what it found so far stays */
        post: operations["cancelDiscoveryJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/jobs/{id}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a discovery job has found */
        get: operations["listDiscoveredDevices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/jobs/{id}/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make nodes of devices, with template, credential, site and collector; each once, however often it is asked for */
        post: operations["importDiscoveredDevices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/jobs/{id}/ignore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ignore devices, in every job from the same place */
        post: operations["ignoreDiscoveredDevices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/jobs/{id}/unignore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show devices again that were ignored */
        post: operations["unignoreDiscoveredDevices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/jobs/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that several devices are one, now and in later runs; the first one stays */
        post: operations["mergeDiscoveredDevices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/jobs/{id}/split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that some addresses of a device are another one, now and in later runs */
        post: operations["splitDiscoveredDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/enrollment-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Enrollment tokens, without their text */
        get: operations["listEnrollmentTokens"];
        put?: never;
        /** Make an enrollment token; its text is shown this once */
        post: operations["createEnrollmentToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/enrollment-tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One enrollment token */
        get: operations["getEnrollmentToken"];
        put?: never;
        post?: never;
        /** Revoke an enrollment token */
        delete: operations["deleteEnrollmentToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deployment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the commands for new collectors and agents are made of */
        get: operations["getDeployment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/components": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Collectors and agents */
        get: operations["listComponents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/components/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One component */
        get: operations["getComponent"];
        /** Replace what people set of a component */
        put: operations["replaceComponent"];
        post?: never;
        /** Delete a component */
        delete: operations["deleteComponent"];
        options?: never;
        head?: never;
        /** Change a component; what is absent stays */
        patch: operations["updateComponent"];
        trace?: never;
    };
    "/api/v1/components/{id}/config-pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Hold a component at one of its configs */
        put: operations["replaceComponentConfigPin"];
        post?: never;
        /** Give a component the newest config again */
        delete: operations["deleteComponentConfigPin"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/components/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say approve to a component */
        post: operations["approveComponent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/components/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say reject to a component */
        post: operations["rejectComponent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/components/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say revoke to a component */
        post: operations["revokeComponent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/components/{id}/rotate-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new key; the old one ends with its first use */
        post: operations["rotateComponentKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/components/{id}/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a component told of its config and engine, newest first */
        get: operations["listComponentReports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/components/{id}/gaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Samples that a component had to give up, newest first */
        get: operations["listComponentGaps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/nodes/{id}/credentials/{purpose}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have the collector of a node log in with the credential that it has for a purpose */
        post: operations["testNodeCredential"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/credentials/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have the collector of a node log in with a credential, attached or not */
        post: operations["testCredential"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/credential-tests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A test of a credential, with what came of it */
        get: operations["getCredentialTest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/nodes/{id}/neighbours/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have the collector of a node read what the device says of its neighbours */
        post: operations["readNodeNeighbours"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/neighbour-reads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A reading of neighbours that somebody asked for, with what came of it */
        get: operations["getNeighbourRead"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/components/{id}/configs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The configs of a component, newest first */
        get: operations["listComponentConfigs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/components/{id}/configs/{generation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One config of a component; secrets are masked */
        get: operations["getComponentConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/components/{id}/configs/{generation}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a config changed; secrets are masked */
        get: operations["getComponentConfigDiff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rollouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rollouts of changed device templates, newest first */
        get: operations["listRollouts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rollouts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One rollout with its components */
        get: operations["getRollout"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rollouts/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on with a stopped rollout */
        post: operations["resumeRollout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rollouts/{id}/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give everybody the new config at once */
        post: operations["finishRollout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alert-definitions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List alert definitions */
        get: operations["listAlertDefinitions"];
        put?: never;
        /** Create an alert definition, or one that replaces another within its scope */
        post: operations["createAlertDefinition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alert-definitions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One alert definition */
        get: operations["getAlertDefinition"];
        /** Replace an alert definition */
        put: operations["replaceAlertDefinition"];
        post?: never;
        /** Delete an alert definition and those that replace it; one of the product can only be switched off */
        delete: operations["deleteAlertDefinition"];
        options?: never;
        head?: never;
        /** Change an alert definition; what is absent stays */
        patch: operations["updateAlertDefinition"];
        trace?: never;
    };
    "/api/v1/alert-definitions/{id}/clone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Copy an alert definition; the copy is switched off */
        post: operations["cloneAlertDefinition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alert-definitions/{id}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a definition of the product again what the product ships */
        post: operations["resetAlertDefinition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/maintenance-windows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List maintenance windows */
        get: operations["listMaintenanceWindows"];
        put?: never;
        /** Create a maintenance window */
        post: operations["createMaintenanceWindow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/maintenance-windows/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What takes place between two times, of all windows */
        get: operations["listMaintenanceOccurrences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/maintenance-windows/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One maintenance window */
        get: operations["getMaintenanceWindow"];
        /** Replace a maintenance window */
        put: operations["replaceMaintenanceWindow"];
        post?: never;
        /** Delete a maintenance window; an occurrence that is running ends */
        delete: operations["deleteMaintenanceWindow"];
        options?: never;
        head?: never;
        /** Change a maintenance window; what is absent stays */
        patch: operations["updateMaintenanceWindow"];
        trace?: never;
    };
    "/api/v1/maintenance-windows/{id}/held": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alerts that a window held back in its running or its last occurrence */
        get: operations["listHeldAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/maintenance-windows/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The next ten occurrences of a window, saved or not, in UTC and in its time zone */
        post: operations["previewMaintenanceWindow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/maintenance-windows/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the occurrence that is running; a recurring window goes on with its next one */
        post: operations["endMaintenanceWindow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alerts, newest first */
        get: operations["listAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many alerts are active */
        get: operations["countAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One alert with its timeline, its cause and what it is the cause of */
        get: operations["getAlert"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why nobody was told of a node by a definition at a moment */
        get: operations["explainSilence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that somebody is on it */
        post: operations["acknowledgeAlert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}/mute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell nobody of it until a time, or until it resolves */
        post: operations["muteAlert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}/unacknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an acknowledgement back */
        post: operations["unacknowledgeAlert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}/unmute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a mute */
        post: operations["unmuteAlert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** One action on many alerts, with what became of each */
        post: operations["changeManyAlerts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prometheus/api/v1/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alert definitions, in the form of Prometheus’ rules */
        get: operations["getPrometheusRules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prometheus/api/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Active alerts, in the form of Prometheus */
        get: operations["getPrometheusAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alert-definitions/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an alert definition matches now, without firing */
        post: operations["previewSavedAlertDefinition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alert-definitions/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an alert definition would match now, saved or not, without firing */
        post: operations["previewAlertDefinition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alert-definitions/backtest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an alert definition would have told of the past, saved or not */
        post: operations["backtestAlertDefinition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notification-channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Notification channels, without their secrets */
        get: operations["listNotificationChannels"];
        put?: never;
        /** Create a notification channel */
        post: operations["createNotificationChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notification-channels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One notification channel, without its secrets */
        get: operations["getNotificationChannel"];
        /** Replace a notification channel */
        put: operations["replaceNotificationChannel"];
        post?: never;
        /** Delete a notification channel; what waits for it is not sent any more */
        delete: operations["deleteNotificationChannel"];
        options?: never;
        head?: never;
        /** Change a notification channel; what is absent stays, a config is replaced whole */
        patch: operations["updateNotificationChannel"];
        trace?: never;
    };
    "/api/v1/notification-channels/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test message by a channel, as every other message is sent */
        post: operations["testNotificationChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notification-channels/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show what messages of a channel would look like; nothing is sent */
        post: operations["previewNotificationChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/escalation-teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List escalation teams */
        get: operations["listEscalationTeams"];
        put?: never;
        /** Create an escalation team */
        post: operations["createEscalationTeam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/escalation-teams/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One escalation team */
        get: operations["getEscalationTeam"];
        /** Replace an escalation team */
        put: operations["replaceEscalationTeam"];
        post?: never;
        /** Delete an escalation team; the default one stays */
        delete: operations["deleteEscalationTeam"];
        options?: never;
        head?: never;
        /** Change an escalation team; what is absent stays */
        patch: operations["updateEscalationTeam"];
        trace?: never;
    };
    "/api/v1/escalation-teams/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who would hear what and when, of a sample alert that lasts and that nobody acknowledges */
        post: operations["previewEscalation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/escalation-teams/{id}/on-call": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is on call, and who is next */
        get: operations["getOnCall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/escalation-teams/{id}/rota": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is on call when */
        get: operations["getRota"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/escalation-teams/stand-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody who may be put on call, by name alone */
        get: operations["listStandIns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/escalation-teams/{id}/overrides": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put somebody on call in the place of whoever's turn it is */
        post: operations["addOnCallOverride"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/escalation-teams/{id}/overrides/{place}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove an override by its place in the list */
        delete: operations["removeOnCallOverride"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was sent to whom, and what was not */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One delivery */
        get: operations["getDeliverie"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/components/{id}/outage-notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether a collector tells people when it cannot reach the server, and what it told */
        get: operations["getOutageNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counters and lists of the home page */
        get: operations["getSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Live changes as server-sent events */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Instant query, as in the Prometheus HTTP API */
        get: operations["getMetricsQuery"];
        put?: never;
        /** Instant query, as in the Prometheus HTTP API */
        post: operations["postMetricsQuery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/query_range": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Range query, as in the Prometheus HTTP API */
        get: operations["getMetricsQueryRange"];
        put?: never;
        /** Range query, as in the Prometheus HTTP API */
        post: operations["postMetricsQueryRange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Series that match, as in the Prometheus HTTP API */
        get: operations["getMetricsSeries"];
        put?: never;
        /** Series that match, as in the Prometheus HTTP API */
        post: operations["postMetricsSeries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Label names, as in the Prometheus HTTP API */
        get: operations["getMetricsLabels"];
        put?: never;
        /** Label names, as in the Prometheus HTTP API */
        post: operations["postMetricsLabels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/label/{name}/values": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Values of a label, as in the Prometheus HTTP API */
        get: operations["getMetricsLabelValues"];
        put?: never;
        /** Values of a label, as in the Prometheus HTTP API */
        post: operations["postMetricsLabelValues"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prometheus/api/v1/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Instant query, as in the Prometheus HTTP API */
        get: operations["getPrometheusQuery"];
        put?: never;
        /** Instant query, as in the Prometheus HTTP API */
        post: operations["postPrometheusQuery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prometheus/api/v1/query_range": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Range query, as in the Prometheus HTTP API */
        get: operations["getPrometheusQueryRange"];
        put?: never;
        /** Range query, as in the Prometheus HTTP API */
        post: operations["postPrometheusQueryRange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prometheus/api/v1/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Series that match, as in the Prometheus HTTP API */
        get: operations["getPrometheusSeries"];
        put?: never;
        /** Series that match, as in the Prometheus HTTP API */
        post: operations["postPrometheusSeries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prometheus/api/v1/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Label names, as in the Prometheus HTTP API */
        get: operations["getPrometheusLabels"];
        put?: never;
        /** Label names, as in the Prometheus HTTP API */
        post: operations["postPrometheusLabels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prometheus/api/v1/label/{name}/values": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Values of a label, as in the Prometheus HTTP API */
        get: operations["getPrometheusLabelValues"];
        put?: never;
        /** Values of a label, as in the Prometheus HTTP API */
        post: operations["postPrometheusLabelValues"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prometheus/api/v1/status/buildinfo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Version of the Prometheus API that is spoken here */
        get: operations["getPrometheusStatusBuildinfo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prometheus/api/v1/metadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metadata of metrics: always none */
        get: operations["getPrometheusMetadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prometheus/api/v1/query_exemplars": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Exemplars: always none */
        get: operations["getPrometheusQueryExemplars"];
        put?: never;
        /** Exemplars: always none */
        post: operations["postPrometheusQueryExemplars"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AuditEntry: {
            id: string;
            time: string;
            actor: string;
            action: string;
            object_type: string | null;
            object_id: string | null;
            detail: {
                [key: string]: unknown;
            };
            request_id: string | null;
        };
        BearerToken: {
            access_token: string;
            /** @constant */
            token_type: "Bearer";
            expires_in: number;
        };
        Component: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            component_type: "collector" | "agent";
            name: string;
            hostname: string;
            version: string;
            os: string;
            os_version: string | null;
            arch: string;
            /** @enum {string} */
            approval: "pending" | "approved" | "rejected" | "revoked";
            /** @enum {string} */
            connection: "online" | "offline" | "never_seen";
            site_id: string | null;
            site_name: string | null;
            node_id: string | null;
            node_count: number;
            failing_node_count: number;
            last_seen_at: string | null;
            registered_at: string;
            approved_at: string | null;
            engine: {
                /** @enum {string} */
                kind: "telegraf" | "embedded";
                version: string;
                running: boolean;
                pid?: number;
                idle?: boolean;
            } | null;
            queue: {
                bytes: number;
                oldest?: string | null;
                /** @default 0 */
                dropped: number;
                gaps?: {
                    from: string;
                    to: string;
                    count: number;
                }[];
            } | null;
            running_config_hash: string | null;
            desired_config_hash: string | null;
            desired_generation: number | null;
            running_generation: number | null;
            pinned_generation: number | null;
            held_by_rollout_id: string | null;
            /** @enum {string} */
            engine_choice: "auto" | "telegraf" | "embedded";
            config_status: ("applied" | "validation_error" | "rolled_back" | "engine_down") | null;
            config_message: string | null;
            clock_skew_seconds: number | null;
            ip_addresses: string[];
            fqdn: string | null;
            roles: string[];
            flags: {
                /** @enum {string} */
                code: "shared_identity" | "machine_changed" | "same_machine" | "same_name" | "clock_skew" | "crash_loop" | "hostname_changed";
                message: string;
                since: string | null;
            }[];
            previous_key_valid_until: string | null;
            ingest: {
                lines_accepted: number;
                lines_rejected: number;
                rejected_by_reason: {
                    [key: string]: number;
                };
                last_ingest_at: string | null;
                last_rejection: string | null;
            };
        };
        ComponentGap: {
            from: string;
            to: string;
            count: number;
            reported_at: string;
        };
        ComponentKey: {
            /** Format: uuid */
            component_id: string;
            api_key: string;
        };
        ComponentReport: {
            at: string;
            /** @enum {string} */
            status: "applied" | "validation_error" | "rolled_back" | "engine_down";
            config_hash: string;
            generation: number | null;
            message: string | null;
            /** @enum {string} */
            engine_kind: "telegraf" | "embedded";
            engine_version: string;
            engine_running: boolean;
        };
        ConfigDiff: {
            from_generation: number | null;
            to_generation: number;
            added: number;
            removed: number;
            hunks: {
                from_line: number;
                to_line: number;
                lines: {
                    /** @enum {string} */
                    kind: "same" | "added" | "removed";
                    text: string;
                }[];
            }[];
            truncated: boolean;
        };
        ConfigGeneration: {
            generation: number;
            hash: string;
            created_at: string;
            cause: string;
            actor: string | null;
            node_count: number;
            left_out: {
                /** Format: uuid */
                node_id: string;
                name: string;
                reason: string;
            }[];
            bytes: number;
            is_desired: boolean;
            is_running: boolean;
            is_pinned: boolean;
            outcome: ("applied" | "validation_error" | "rolled_back" | "engine_down") | null;
            outcome_message: string | null;
            held_by_rollout_id: string | null;
        };
        ConfigText: {
            generation: number;
            hash: string;
            created_at: string;
            cause: string;
            actor: string | null;
            node_count: number;
            left_out: {
                /** Format: uuid */
                node_id: string;
                name: string;
                reason: string;
            }[];
            bytes: number;
            is_desired: boolean;
            is_running: boolean;
            is_pinned: boolean;
            outcome: ("applied" | "validation_error" | "rolled_back" | "engine_down") | null;
            outcome_message: string | null;
            held_by_rollout_id: string | null;
            text: string;
            truncated: boolean;
        };
        CreatedEnrollmentToken: {
            /** Format: uuid */
            id: string;
            description: string | null;
            multi_use: boolean;
            max_uses: number | null;
            use_count: number;
            expires_at: string | null;
            site_id: string | null;
            component_type: ("collector" | "agent") | null;
            auto_approve: boolean;
            /** @enum {string} */
            state: "active" | "expired" | "exhausted" | "revoked";
            created_at: string;
            created_by: string | null;
            token: string;
        };
        Credential: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            type: "snmp_v1" | "snmp_v2c" | "snmp_v3" | "wmi" | "vsphere" | "ssh" | "http";
            description: string | null;
            enabled: boolean;
            secret_fields: string[];
            node_count: number;
            created_at: string;
            updated_at: string;
        };
        Deployment: {
            version: string;
            server_url: string;
            ca_sha256: string | null;
            scripts: {
                linux: {
                    path: string;
                    sha256: string;
                } | null;
                windows: {
                    path: string;
                    sha256: string;
                } | null;
                container: {
                    path: string;
                    sha256: string;
                } | null;
            };
        };
        DeviceTemplate: {
            slug: string;
            name: string;
            description: string;
            /** @enum {string} */
            gathered_by: "agent" | "collector";
            /** @enum {string} */
            platform?: "linux" | "windows";
            vendor?: string;
            /** @default [] */
            extends: string[];
            part?: boolean;
            match: {
                /** @default [] */
                sys_object_ids: string[];
                /** @default [] */
                sys_descr: string[];
            };
            pace?: {
                requests_per_second?: number;
                getbulk?: boolean;
                max_repetitions?: number;
                requests_per_cycle?: number;
                interval_seconds?: number;
            };
            /** @default [] */
            inputs: {
                id: string;
                /** @enum {string} */
                plugin: "cpu" | "mem" | "swap" | "disk" | "diskio" | "net" | "system" | "internal" | "processes" | "kernel" | "linux_sysctl_fs" | "systemd_units" | "win_perf_counters" | "win_services" | "ping" | "snmp" | "http_response" | "x509_cert" | "vsphere";
                interval_seconds?: number;
                /** @enum {string} */
                requires?: "snmp_credential" | "url" | "https_url" | "vsphere_credential";
                /** @default {} */
                options: {
                    [key: string]: string | number | boolean | (string | number | boolean)[];
                };
                /** @default [] */
                field: {
                    name: string;
                    oid: string;
                    is_tag?: boolean;
                    conversion?: string;
                }[];
                /** @default [] */
                table: {
                    name: string;
                    index_as_tag?: boolean;
                    inherit_tags?: string[];
                    field: {
                        name: string;
                        oid: string;
                        is_tag?: boolean;
                        conversion?: string;
                        oid_index_suffix?: string;
                        oid_index_length?: number;
                        secondary_index_table?: boolean;
                        secondary_index_use?: boolean;
                        secondary_outer_join?: boolean;
                    }[];
                }[];
                /** @default [] */
                object: {
                    ObjectName: string;
                    Measurement: string;
                    Counters: string[];
                    Instances: string[];
                    IncludeTotal?: boolean;
                    UseRawValues?: boolean;
                    WarnOnMissing?: boolean;
                }[];
            }[];
            /** @default [] */
            metrics: {
                from: string;
                measurement: string;
                /** @default {} */
                when: {
                    [key: string]: (string | number)[];
                };
                /** @default [] */
                unless: string[];
                /** @default [] */
                keep_tags: string[];
                /** @default {} */
                tags: {
                    [key: string]: string | string[] | {
                        from: string;
                        map: {
                            [key: string]: string;
                        };
                        default?: string;
                    } | {
                        from: string;
                        contains: [
                            string,
                            string
                        ][];
                        default?: string;
                    } | {
                        text: string;
                    };
                };
                fields: {
                    [key: string]: string | {
                        clock: string;
                    } | {
                        from: string;
                        map: {
                            [key: string]: number;
                        };
                        default?: number;
                    } | {
                        from: string;
                        contains: [
                            string,
                            number
                        ][];
                        default?: number;
                    } | {
                        from: string;
                        after: string;
                    };
                };
            }[];
            /** @default [] */
            panels: {
                id: string;
                title: string;
                /** @enum {string} */
                group: "power" | "availability" | "cpu" | "memory" | "storage" | "sessions" | "wireless" | "network" | "interfaces" | "sensors" | "system" | "poe" | "stack";
                /**
                 * @default chart
                 * @enum {string}
                 */
                kind: "chart" | "stat" | "table" | "bars";
                /** @enum {string} */
                unit: "percent" | "bytes" | "bytes_per_second" | "bits_per_second" | "packets_per_second" | "per_second" | "milliseconds" | "seconds" | "celsius" | "volts" | "amperes" | "watts" | "rpm" | "count" | "none" | "state";
                min?: number;
                max?: number;
                /** @default false */
                stacked: boolean;
                low?: number;
                high?: number;
                queries: {
                    expr: string;
                    legend: string;
                    column?: string;
                    /** @enum {string} */
                    unit?: "percent" | "bytes" | "bytes_per_second" | "bits_per_second" | "packets_per_second" | "per_second" | "milliseconds" | "seconds" | "celsius" | "volts" | "amperes" | "watts" | "rpm" | "count" | "none" | "state";
                }[];
            }[];
        };
        EnrollmentToken: {
            /** Format: uuid */
            id: string;
            description: string | null;
            multi_use: boolean;
            max_uses: number | null;
            use_count: number;
            expires_at: string | null;
            site_id: string | null;
            component_type: ("collector" | "agent") | null;
            auto_approve: boolean;
            /** @enum {string} */
            state: "active" | "expired" | "exhausted" | "revoked";
            created_at: string;
            created_by: string | null;
        };
        EscalationPreview: {
            items: {
                at: string;
                /** Format: uuid */
                team_id: string;
                team_name: string;
                /** @enum {string} */
                event: "triggered" | "escalated" | "repeated";
                step: number;
                repeat: number;
                recipients: {
                    channel_id: string | null;
                    channel_name: string;
                    recipient: string;
                    skipped: ("timeout" | "connection_failed" | "name_not_found" | "tls_failed" | "address_refused" | "login_failed" | "rate_limited" | "server_busy" | "rejected" | "recipient_rejected" | "too_large" | "no_mail_server" | "channel_disabled" | "channel_deleted" | "no_address" | "nobody_on_call" | "member_disabled" | "no_channel" | "resolved_before" | "grouped" | "no_longer_relevant" | "tried_too_often" | "internal_fault") | null;
                }[];
            }[];
        };
        EscalationTeam: {
            /** Format: uuid */
            id: string;
            name: string;
            enabled: boolean;
            is_default: boolean;
            match: {
                /** @default [] */
                severities: ("info" | "warning" | "critical")[];
                /** @default [] */
                site_ids: string[];
                /** @default [] */
                group_ids: string[];
                /** @default [] */
                definition_ids: string[];
            };
            active: {
                /** @constant */
                type: "always";
            } | {
                /** @constant */
                type: "hours";
                timezone: string;
                windows: {
                    days: ("mo" | "tu" | "we" | "th" | "fr" | "sa" | "su")[];
                    from: string;
                    to: string;
                }[];
            };
            steps: {
                after_seconds: number;
                channel_ids?: string[];
                /** @enum {string} */
                on_call?: "current" | "next";
            }[];
            repeat: {
                every_seconds: number;
                times: number;
            } | null;
            rotation: {
                timezone: string;
                handoff: {
                    /** @enum {string} */
                    day: "mo" | "tu" | "we" | "th" | "fr" | "sa" | "su";
                    time: string;
                };
                member_ids: string[];
                /** Format: date */
                starts_on?: string;
                /** @default [] */
                overrides: {
                    /** Format: uuid */
                    member_id: string;
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    to: string;
                }[];
            } | null;
            on_call: components["schemas"]["OnCallPerson"] | null;
            warnings: components["schemas"]["EscalationTeamWarning"][];
            created_at: string;
            updated_at: string;
        };
        EscalationTeamWarning: {
            /** @enum {string} */
            kind: "hole" | "leaver" | "unreachable_member" | "no_channel" | "channel_disabled" | "channel_unproven";
            message: string;
            from: string | null;
            to: string | null;
            member_id: string | null;
            channel_id: string | null;
        };
        Health: {
            /** @enum {string} */
            status: "ok" | "degraded";
            version: string;
            checks: {
                /** @enum {string} */
                database: "ok" | "failing";
                /** @enum {string} */
                metrics: "ok" | "failing";
                /** @enum {string} */
                rules: "ok" | "failing";
            };
            messages: string[];
        };
        Node: {
            /** Format: uuid */
            id: string;
            name: string;
            ip_address: string;
            fqdn: string | null;
            node_type: string;
            /** Format: uuid */
            site_id: string;
            site_name: string;
            template: string;
            collector_id: string | null;
            collector_chosen: boolean;
            agent_id: string | null;
            environment: string | null;
            group_ids: string[];
            snmp_port: number;
            url: string | null;
            snmp_pace: {
                requests_per_second?: number;
                getbulk?: boolean;
                max_repetitions?: number;
                requests_per_cycle?: number;
                interval_seconds?: number;
            } | null;
            /** @enum {string} */
            status: "discovering" | "healthy" | "warning" | "critical" | "offline" | "unknown" | "maintenance";
            status_since: string;
            status_reason: string | null;
            last_seen_at: string | null;
            /** @enum {string} */
            approval: "pending" | "approved" | "rejected" | "revoked";
            os: string | null;
            created_at: string;
            updated_at: string;
        };
        NodeDetail: {
            /** Format: uuid */
            id: string;
            name: string;
            ip_address: string;
            fqdn: string | null;
            node_type: string;
            /** Format: uuid */
            site_id: string;
            site_name: string;
            template: string;
            collector_id: string | null;
            collector_chosen: boolean;
            agent_id: string | null;
            environment: string | null;
            group_ids: string[];
            snmp_port: number;
            url: string | null;
            snmp_pace: {
                requests_per_second?: number;
                getbulk?: boolean;
                max_repetitions?: number;
                requests_per_cycle?: number;
                interval_seconds?: number;
            } | null;
            /** @enum {string} */
            status: "discovering" | "healthy" | "warning" | "critical" | "offline" | "unknown" | "maintenance";
            status_since: string;
            status_reason: string | null;
            last_seen_at: string | null;
            /** @enum {string} */
            approval: "pending" | "approved" | "rejected" | "revoked";
            os: string | null;
            created_at: string;
            updated_at: string;
            collection: {
                input: string;
                /** @enum {string} */
                status: "ok" | "timeout" | "auth" | "refused" | "bad_answer" | "limit";
                message: string;
                detail: string | null;
                since: string;
            }[];
            credentials: {
                purpose: string;
                /** Format: uuid */
                credential_id: string;
                name: string;
                type: string;
            }[];
        };
        NodeGroup: {
            /** Format: uuid */
            id: string;
            name: string;
            description: string | null;
            node_count: number;
            created_at: string;
            updated_at: string;
        };
        NodeParents: {
            node_ids: string[];
            derived_ids: string[];
        };
        OnCall: {
            at: string;
            current: components["schemas"]["OnCallPerson"] | null;
            next: components["schemas"]["OnCallPerson"] | null;
        };
        OnCallPerson: {
            /** Format: uuid */
            member_id: string;
            name: string;
            email: string | null;
            from: string;
            to: string;
            is_override: boolean;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            code: string;
            node?: {
                id: string;
                name: string;
            };
            link?: {
                id: string;
            };
            errors?: {
                path: string;
                message: string;
            }[];
        };
        Registration: {
            /** Format: uuid */
            component_id: string;
            api_key: string;
            /** @enum {string} */
            status: "pending" | "approved";
            /** Format: uuid */
            node_id?: string;
        };
        Rollout: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            component_type: "collector" | "agent";
            cause: string;
            actor: string | null;
            templates: string[];
            /** @enum {string} */
            state: "running" | "stopped" | "done" | "superseded";
            /** @enum {string} */
            stage: "first" | "tenth" | "rest";
            soak_seconds: number;
            stage_since: string;
            created_at: string;
            ended_at: string | null;
            message: string | null;
            counts: {
                held: number;
                released: number;
                applied: number;
                failed: number;
                offline: number;
            };
        };
        RolloutDetail: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            component_type: "collector" | "agent";
            cause: string;
            actor: string | null;
            templates: string[];
            /** @enum {string} */
            state: "running" | "stopped" | "done" | "superseded";
            /** @enum {string} */
            stage: "first" | "tenth" | "rest";
            soak_seconds: number;
            stage_since: string;
            created_at: string;
            ended_at: string | null;
            message: string | null;
            counts: {
                held: number;
                released: number;
                applied: number;
                failed: number;
                offline: number;
            };
            components: {
                /** Format: uuid */
                component_id: string;
                name: string;
                /** @enum {string} */
                stage: "first" | "tenth" | "rest";
                /** @enum {string} */
                state: "held" | "released" | "applied" | "failed" | "offline";
            }[];
        };
        Rota: {
            timezone: string;
            shifts: {
                from: string;
                to: string;
                person: components["schemas"]["OnCallPerson"] | null;
            }[];
            warnings: components["schemas"]["EscalationTeamWarning"][];
        };
        Site: {
            /** Format: uuid */
            id: string;
            name: string;
            description: string | null;
            default_collector_id: string | null;
            is_default: boolean;
            node_count: number;
            created_at: string;
            updated_at: string;
        };
        Summary: {
            nodes: {
                total: number;
                by_status: {
                    discovering: number;
                    healthy: number;
                    warning: number;
                    critical: number;
                    offline: number;
                    unknown: number;
                    maintenance: number;
                };
                collection_failing: number;
            };
            health_score: number | null;
            sites: {
                /** Format: uuid */
                id: string;
                name: string;
                total: number;
                by_status: {
                    discovering: number;
                    healthy: number;
                    warning: number;
                    critical: number;
                    offline: number;
                    unknown: number;
                    maintenance: number;
                };
            }[];
            components: {
                collectors: number;
                collectors_online: number;
                agents: number;
                agents_online: number;
                pending: number;
            };
            attention: {
                /** Format: uuid */
                node_id: string;
                name: string;
                /** @enum {string} */
                status: "discovering" | "healthy" | "warning" | "critical" | "offline" | "unknown" | "maintenance";
                reason: string;
                since: string;
            }[];
            activity: {
                id: string;
                time: string;
                kind: string;
                text: string;
                node_id: string | null;
                actor: string | null;
                count: number;
                nodes: {
                    /** Format: uuid */
                    id: string;
                    name: string;
                }[];
                sites: string[];
            }[];
            generated_at: string;
        };
        Topology: {
            nodes: components["schemas"]["TopologyNode"][];
            links: components["schemas"]["TopologyLink"][];
            devices: {
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                kind: "neighbour" | "unmanaged_switch";
                name: string;
                address: string | null;
                addresses: string[];
                mac_address: string | null;
                description: string | null;
                capabilities: string[];
                device_type: string;
                /** Format: uuid */
                site_id: string;
                tier: ("core" | "distribution" | "access" | "end") | null;
                seen_by: {
                    /** Format: uuid */
                    node_id: string;
                    interface: string | null;
                }[];
                sources: ("lldp" | "cdp" | "fdb" | "lacp" | "stp" | "manual")[];
                hosts: number;
                reasons: string[];
                first_seen_at: string;
                last_seen_at: string;
                x: number | null;
                y: number | null;
                is_placed_by_hand: boolean;
            }[];
            ghosts: {
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                kind: "moved" | "missing";
                a: {
                    node_id: string | null;
                    device_id: string | null;
                    interface: string | null;
                    name: string | null;
                    address: string | null;
                };
                b: {
                    node_id: string | null;
                    device_id: string | null;
                    interface: string | null;
                    name: string | null;
                    address: string | null;
                };
                moved_to: string | null;
                since: string;
                detail: string;
            }[];
            zones: {
                /** Format: uuid */
                site_id: string;
                name: string;
                x: number | null;
                y: number | null;
                width: number | null;
                height: number | null;
                nodes: number;
                devices: number;
            }[];
            derived_at: string | null;
            layout: {
                computed_at: string | null;
                is_plain: boolean;
            };
        };
        TopologyLink: {
            /** Format: uuid */
            id: string;
            a: {
                node_id: string | null;
                device_id: string | null;
                interface: string | null;
                name: string | null;
                address: string | null;
            };
            b: {
                node_id: string | null;
                device_id: string | null;
                interface: string | null;
                name: string | null;
                address: string | null;
            };
            sources: ("lldp" | "cdp" | "fdb" | "lacp" | "stp" | "manual")[];
            confidence: number | null;
            two_sided: boolean | null;
            seen_from: ("a" | "b") | null;
            members: {
                a_interface: string | null;
                b_interface: string | null;
                speed_bps: number | null;
                state: ("up" | "down" | "stale") | null;
            }[];
            is_split_aggregate: boolean;
            witnesses: {
                end: ("a" | "b") | null;
                /** @enum {string} */
                source: "lldp" | "cdp" | "fdb" | "lacp" | "stp" | "manual";
                table: ("interfaces" | "addresses" | "lldp_ports" | "lldp_neighbours" | "cdp_neighbours" | "bridge_ports" | "forwarding" | "address_resolution" | "aggregates" | "stack_members") | null;
                detail: string;
                seen_at: string | null;
            }[];
            reasons: string[];
            speed_bps: number | null;
            state: ("up" | "down" | "stale") | null;
            approval: ("approved" | "new") | null;
            first_seen_at: string | null;
            last_seen_at: string | null;
        };
        TopologyNode: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            status: "discovering" | "healthy" | "warning" | "critical" | "offline" | "unknown" | "maintenance";
            device_type: string;
            /** Format: uuid */
            site_id: string;
            parent_ids: string[];
            has_set_parents: boolean;
            tier: ("core" | "distribution" | "access" | "end") | null;
            reasons: string[];
            neighbours_read_at: string | null;
            guests: number;
            x: number | null;
            y: number | null;
            is_placed_by_hand: boolean;
        };
        User: {
            /** Format: uuid */
            id: string;
            username: string;
            display_name: string | null;
            email: string | null;
            /** @enum {string} */
            role: "admin" | "operator" | "viewer";
            enabled: boolean;
            must_change_password: boolean;
            last_login_at: string | null;
            created_at: string;
            updated_at: string;
        };
    };
    responses: {
        /** @description Invalid API key: `api_key_invalid` */
        ApiKeyInvalid: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                "WWW-Authenticate": components["headers"]["WWWAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "api_key_invalid";
                };
            };
        };
        /** @description Bad request: `bad_request` */
        BadRequest: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "bad_request";
                };
            };
        };
        /** @description Bad request: `bad_request`. The request is not valid: `validation_failed` */
        BadRequestOrValidationFailed: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "bad_request" | "validation_failed";
                };
            };
        };
        /** @description Bad request: `bad_request`. The request is not valid: `validation_failed`. No line is valid: `no_valid_lines`. Unsupported content encoding: `unsupported_encoding`. The body ends too early: `truncated_body` */
        BadRequestOrValidationFailedOrNoValidLinesOrUnsupportedEncodingOrTruncatedBody: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "bad_request" | "validation_failed" | "no_valid_lines" | "unsupported_encoding" | "truncated_body";
                };
            };
        };
        /** @description Bad request: `bad_request`. The request is not valid: `validation_failed`. Unsupported content encoding: `unsupported_encoding`. The body ends too early: `truncated_body` */
        BadRequestOrValidationFailedOrUnsupportedEncodingOrTruncatedBody: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "bad_request" | "validation_failed" | "unsupported_encoding" | "truncated_body";
                };
            };
        };
        /** @description Body too large: `body_too_large` */
        BodyTooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "body_too_large";
                };
            };
        };
        /** @description Changed meanwhile: `changed_meanwhile` */
        ChangedMeanwhile: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "changed_meanwhile";
                };
            };
        };
        /** @description Component is not approved: `component_not_approved`. Component is revoked: `component_revoked`. Not this component: `component_mismatch` */
        ComponentNotApprovedOrComponentRevokedOrComponentMismatch: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "component_not_approved" | "component_revoked" | "component_mismatch";
                };
            };
        };
        /** @description Component is revoked: `component_revoked` */
        ComponentRevoked: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "component_revoked";
                };
            };
        };
        /** @description Conflict: `conflict` */
        Conflict: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict";
                };
            };
        };
        /** @description Conflict: `conflict`. First call still runs: `idempotency_key_in_use` */
        ConflictOrIdempotencyKeyInUse: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "idempotency_key_in_use";
                };
            };
        };
        /** @description Conflict: `conflict`. Another machine uses this identity: `identity_in_use` */
        ConflictOrIdentityInUse: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "identity_in_use";
                };
            };
        };
        /** @description Conflict: `conflict`. Still in use: `in_use` */
        ConflictOrInUse: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "in_use";
                };
            };
        };
        /** @description Conflict: `conflict`. Still in use: `in_use`. Not possible in this state: `invalid_state` */
        ConflictOrInUseOrInvalidState: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "in_use" | "invalid_state";
                };
            };
        };
        /** @description Conflict: `conflict`. Not possible in this state: `invalid_state` */
        ConflictOrInvalidState: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "invalid_state";
                };
            };
        };
        /** @description Conflict: `conflict`. Not possible in this state: `invalid_state`. First call still runs: `idempotency_key_in_use` */
        ConflictOrInvalidStateOrIdempotencyKeyInUse: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "invalid_state" | "idempotency_key_in_use";
                };
            };
        };
        /** @description Conflict: `conflict`. Link exists already: `link_exists`. First call still runs: `idempotency_key_in_use` */
        ConflictOrLinkExistsOrIdempotencyKeyInUse: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "link_exists" | "idempotency_key_in_use";
                };
            };
        };
        /** @description Conflict: `conflict`. Name is taken: `name_taken` */
        ConflictOrNameTaken: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "name_taken";
                };
            };
        };
        /** @description Conflict: `conflict`. Name is taken: `name_taken`. First call still runs: `idempotency_key_in_use` */
        ConflictOrNameTakenOrIdempotencyKeyInUse: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "name_taken" | "idempotency_key_in_use";
                };
            };
        };
        /** @description Conflict: `conflict`. Name is taken: `name_taken`. Not possible in this state: `invalid_state` */
        ConflictOrNameTakenOrInvalidState: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "name_taken" | "invalid_state";
                };
            };
        };
        /** @description Conflict: `conflict`. Name is taken: `name_taken`. Not possible in this state: `invalid_state`. First call still runs: `idempotency_key_in_use` */
        ConflictOrNameTakenOrInvalidStateOrIdempotencyKeyInUse: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "name_taken" | "invalid_state" | "idempotency_key_in_use";
                };
            };
        };
        /** @description Conflict: `conflict`. Node exists already: `node_exists` */
        ConflictOrNodeExists: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "node_exists";
                };
            };
        };
        /** @description Conflict: `conflict`. Node exists already: `node_exists`. First call still runs: `idempotency_key_in_use` */
        ConflictOrNodeExistsOrIdempotencyKeyInUse: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "node_exists" | "idempotency_key_in_use";
                };
            };
        };
        /** @description Cross-site request refused: `csrf_rejected` */
        CsrfRejected: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "csrf_rejected";
                };
            };
        };
        /** @description Database unavailable: `database_unavailable`. Overloaded: `overloaded` */
        DatabaseUnavailableOrOverloaded: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "database_unavailable" | "overloaded";
                };
            };
        };
        /** @description Invalid enrollment token: `enrollment_token_invalid`. Enrollment token expired: `enrollment_token_expired`. Enrollment token used up: `enrollment_token_exhausted`. Enrollment token revoked: `enrollment_token_revoked` */
        EnrollmentTokenInvalidOrEnrollmentTokenExpiredOrEnrollmentTokenExhaustedOrEnrollmentTokenRevoked: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                "WWW-Authenticate": components["headers"]["WWWAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "enrollment_token_invalid" | "enrollment_token_expired" | "enrollment_token_exhausted" | "enrollment_token_revoked";
                };
            };
        };
        /** @description Not allowed: `forbidden` */
        Forbidden: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "forbidden";
                };
            };
        };
        /** @description Not allowed: `forbidden`. Cross-site request refused: `csrf_rejected` */
        ForbiddenOrCsrfRejected: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "forbidden" | "csrf_rejected";
                };
            };
        };
        /** @description Head too large: `head_too_large` */
        HeadTooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "head_too_large";
                };
            };
        };
        /** @description Key was used for another call: `idempotency_key_reused` */
        IdempotencyKeyReused: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "idempotency_key_reused";
                };
            };
        };
        /** @description Wrong username or password: `invalid_credentials` */
        InvalidCredentials: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                "WWW-Authenticate": components["headers"]["WWWAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "invalid_credentials";
                };
            };
        };
        /** @description Metric store unavailable: `metrics_unavailable`. Database unavailable: `database_unavailable`. Overloaded: `overloaded` */
        MetricsUnavailableOrDatabaseUnavailableOrOverloaded: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "metrics_unavailable" | "database_unavailable" | "overloaded";
                };
            };
        };
        /** @description Not logged in: `not_authenticated` */
        NotAuthenticated: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                "WWW-Authenticate": components["headers"]["WWWAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "not_authenticated";
                };
            };
        };
        /** @description Not found: `not_found` */
        NotFound: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "not_found";
                };
            };
        };
        /** @description Password must be changed: `password_change_required` */
        PasswordChangeRequired: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "password_change_required";
                };
            };
        };
        /** @description Query failed: `query_failed` */
        QueryFailed: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "query_failed";
                };
            };
        };
        /** @description Too many attempts: `too_many_attempts` */
        TooManyAttempts: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "too_many_attempts";
                };
            };
        };
        /** @description Too many requests: `too_many_requests` */
        TooManyRequests: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "too_many_requests";
                };
            };
        };
        /** @description Unsupported media type: `unsupported_media_type` */
        UnsupportedMediaType: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "unsupported_media_type";
                };
            };
        };
        /** @description Address too long: `uri_too_long` */
        UriTooLong: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "uri_too_long";
                };
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description Id of this request, which its log line carries too. */
        XRequestId: string;
        /** @description Seconds after which the caller may try again. */
        RetryAfter: number;
        /** @description How to authenticate. */
        WWWAuthenticate: string;
        /** @description Strong entity tag of the answer. */
        ETag: string;
        /** @description Path of the new resource. */
        Location: string;
        /** @description Changes when the metric store was started anew; what it may have lost is then sent again. */
        XStratoraStoreEpoch: string;
        /** @description How many lines of the body were dropped, one by one. */
        XStratoraRejectedLines: number;
        /** @description Jobs wait for this component. */
        XStratoraJobs: string;
        /** @description There is a new key for this component. */
        XStratoraRotateKey: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            400: components["responses"]["BadRequest"];
            /** @description Service Unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database_unavailable" | "overloaded";
                    };
                };
            };
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: components["schemas"]["User"];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["InvalidCredentials"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyAttempts"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    createBearerToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BearerToken"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["InvalidCredentials"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyAttempts"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    registerComponent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The key that this component had before, as a proof that it is the same. */
                "X-Api-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    enrollment_token: string;
                    /** @enum {string} */
                    component_type: "collector" | "agent";
                    hostname: string;
                    name?: string;
                    version: string;
                    os: string;
                    arch: string;
                    site_name?: string;
                    machine_id?: string;
                    ip_addresses?: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["EnrollmentTokenInvalidOrEnrollmentTokenExpiredOrEnrollmentTokenExhaustedOrEnrollmentTokenRevoked"];
            403: components["responses"]["ComponentRevoked"];
            409: components["responses"]["ConflictOrIdentityInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getInstallCaCrt: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/x-pem-file": string;
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getInstallLinuxSh: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getInstallWindowsPs1: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getInstallContainerSh: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getInstallArchive: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                archive: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/gzip": string;
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    showAcknowledgePage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            /** @description Not Found */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "not_found";
                    };
                };
            };
            414: components["responses"]["UriTooLong"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    acknowledgeByLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            /** @description Not Found */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "not_found";
                    };
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getRemoteCollectorConfig: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a telegraf.conf */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    "X-Stratora-Rotate-Key": components["headers"]["XStratoraRotateKey"];
                    "X-Stratora-Jobs": components["headers"]["XStratoraJobs"];
                    [name: string]: unknown;
                };
                content: {
                    "application/toml": string;
                };
            };
            /** @description nothing changed */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    "X-Stratora-Rotate-Key": components["headers"]["XStratoraRotateKey"];
                    "X-Stratora-Jobs": components["headers"]["XStratoraJobs"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["ApiKeyInvalid"];
            403: components["responses"]["ComponentNotApprovedOrComponentRevokedOrComponentMismatch"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getAgentConfig: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                node_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a telegraf.conf */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    "X-Stratora-Rotate-Key": components["headers"]["XStratoraRotateKey"];
                    "X-Stratora-Jobs": components["headers"]["XStratoraJobs"];
                    [name: string]: unknown;
                };
                content: {
                    "application/toml": string;
                };
            };
            /** @description nothing changed */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    "X-Stratora-Rotate-Key": components["headers"]["XStratoraRotateKey"];
                    "X-Stratora-Jobs": components["headers"]["XStratoraJobs"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["ApiKeyInvalid"];
            403: components["responses"]["ComponentNotApprovedOrComponentRevokedOrComponentMismatch"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    reportCollector: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    config_hash: string;
                    /** @enum {string} */
                    status: "applied" | "validation_error" | "rolled_back" | "engine_down";
                    running_hash?: string;
                    message?: string;
                    engine: {
                        /** @enum {string} */
                        kind: "telegraf" | "embedded";
                        version: string;
                        running: boolean;
                        pid?: number;
                        idle?: boolean;
                    };
                    queue?: {
                        bytes: number;
                        oldest?: string | null;
                        /** @default 0 */
                        dropped?: number;
                        gaps?: {
                            from: string;
                            to: string;
                            count: number;
                        }[];
                    };
                    ip_addresses?: string[];
                    component_time?: string;
                    targets?: {
                        /** Format: uuid */
                        node_id: string;
                        input: string;
                        /** @enum {string} */
                        status: "ok" | "timeout" | "auth" | "refused" | "bad_answer" | "limit";
                        /** @default  */
                        message?: string;
                        /** @default  */
                        detail?: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    "X-Stratora-Rotate-Key": components["headers"]["XStratoraRotateKey"];
                    "X-Stratora-Jobs": components["headers"]["XStratoraJobs"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["ApiKeyInvalid"];
            403: components["responses"]["ComponentNotApprovedOrComponentRevokedOrComponentMismatch"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    sendAgentHeartbeat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                node_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: string;
                    hostname: string;
                    fqdn?: string;
                    os: string;
                    os_version: string;
                    arch: string;
                    uptime_seconds: number;
                    ip_addresses: string[];
                    roles?: string[];
                    engine: {
                        /** @enum {string} */
                        kind: "telegraf" | "embedded";
                        version: string;
                        running: boolean;
                        pid?: number;
                        idle?: boolean;
                    };
                    queue?: {
                        bytes: number;
                        oldest?: string | null;
                        /** @default 0 */
                        dropped?: number;
                        gaps?: {
                            from: string;
                            to: string;
                            count: number;
                        }[];
                    };
                    config_hash?: string;
                    /** @enum {string} */
                    config_status?: "applied" | "validation_error" | "rolled_back" | "engine_down";
                    running_hash?: string;
                    config_message?: string;
                    component_time?: string;
                    targets?: {
                        /** Format: uuid */
                        node_id: string;
                        input: string;
                        /** @enum {string} */
                        status: "ok" | "timeout" | "auth" | "refused" | "bad_answer" | "limit";
                        /** @default  */
                        message?: string;
                        /** @default  */
                        detail?: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    "X-Stratora-Rotate-Key": components["headers"]["XStratoraRotateKey"];
                    "X-Stratora-Jobs": components["headers"]["XStratoraJobs"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        config_hash: string | null;
                        server_time: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["ApiKeyInvalid"];
            403: components["responses"]["ComponentNotApprovedOrComponentRevokedOrComponentMismatch"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    fetchComponentKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    "X-Stratora-Rotate-Key": components["headers"]["XStratoraRotateKey"];
                    "X-Stratora-Jobs": components["headers"]["XStratoraJobs"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComponentKey"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["ApiKeyInvalid"];
            403: components["responses"]["ComponentNotApprovedOrComponentRevokedOrComponentMismatch"];
            409: components["responses"]["ConflictOrInvalidState"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listComponentJobs: {
        parameters: {
            query?: {
                wait_seconds?: number;
                running?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    "X-Stratora-Rotate-Key": components["headers"]["XStratoraRotateKey"];
                    "X-Stratora-Jobs": components["headers"]["XStratoraJobs"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            kind: string;
                            run_seconds: number;
                            order: {
                                [key: string]: unknown;
                            };
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["ApiKeyInvalid"];
            403: components["responses"]["ComponentNotApprovedOrComponentRevokedOrComponentMismatch"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    reportComponentJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description How the body is packed. */
                "Content-Encoding"?: "gzip" | "identity";
            };
            path: {
                id: string;
                job_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    state: "running" | "done" | "unsupported";
                    /** @default {} */
                    result?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    "X-Stratora-Rotate-Key": components["headers"]["XStratoraRotateKey"];
                    "X-Stratora-Jobs": components["headers"]["XStratoraJobs"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailedOrUnsupportedEncodingOrTruncatedBody"];
            401: components["responses"]["ApiKeyInvalid"];
            403: components["responses"]["ComponentNotApprovedOrComponentRevokedOrComponentMismatch"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getOutageOrders: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    "X-Stratora-Rotate-Key": components["headers"]["XStratoraRotateKey"];
                    "X-Stratora-Jobs": components["headers"]["XStratoraJobs"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        orders: {
                            after_seconds: number;
                            repeat_seconds: number;
                            collector: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            server_origin: string;
                            channels: ({
                                /** Format: uuid */
                                id: string;
                                name: string;
                                /** @enum {string} */
                                type: "email";
                                config: {
                                    to: string[];
                                };
                            } | {
                                /** Format: uuid */
                                id: string;
                                name: string;
                                /** @enum {string} */
                                type: "webhook";
                                config: {
                                    url: string;
                                    /** @default {} */
                                    headers: {
                                        [key: string]: string;
                                    };
                                    /** @default null */
                                    signing_secret: string | null;
                                };
                            })[];
                            mail_server: {
                                host: string;
                                /** @default 587 */
                                port: number;
                                /**
                                 * @default starttls
                                 * @enum {string}
                                 */
                                security: "none" | "starttls" | "tls";
                                /** @default null */
                                username: string | null;
                                /** @default null */
                                password: string | null;
                                from: string;
                                /** @default null */
                                ca_pem: string | null;
                            } | null;
                        } | null;
                    };
                };
            };
            /** @description nothing changed */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    "X-Stratora-Rotate-Key": components["headers"]["XStratoraRotateKey"];
                    "X-Stratora-Jobs": components["headers"]["XStratoraJobs"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["ApiKeyInvalid"];
            403: components["responses"]["ComponentNotApprovedOrComponentRevokedOrComponentMismatch"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    reportOutage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    id: string;
                    /** Format: date-time */
                    began_at: string;
                    /** Format: date-time */
                    ended_at: string;
                    last_error: string;
                    tellings: {
                        /** @enum {string} */
                        event: "away" | "still_away" | "back";
                        /** Format: uuid */
                        channel_id: string;
                        channel_name: string;
                        recipient: string;
                        /** @enum {string} */
                        state: "waiting" | "accepted" | "failed" | "dropped";
                        attempts: number;
                        /** Format: date-time */
                        created_at: string;
                        tried_at: string | null;
                        message: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    "X-Stratora-Rotate-Key": components["headers"]["XStratoraRotateKey"];
                    "X-Stratora-Jobs": components["headers"]["XStratoraJobs"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["ApiKeyInvalid"];
            403: components["responses"]["ComponentNotApprovedOrComponentRevokedOrComponentMismatch"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    ingestSamples: {
        parameters: {
            query?: {
                precision?: "ns" | "us" | "ms" | "s";
            };
            header?: {
                /** @description How the body is packed. */
                "Content-Encoding"?: "gzip" | "identity";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    "X-Stratora-Store-Epoch": components["headers"]["XStratoraStoreEpoch"];
                    "X-Stratora-Rejected-Lines": components["headers"]["XStratoraRejectedLines"];
                    "X-Stratora-Rotate-Key": components["headers"]["XStratoraRotateKey"];
                    "X-Stratora-Jobs": components["headers"]["XStratoraJobs"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailedOrNoValidLinesOrUnsupportedEncodingOrTruncatedBody"];
            401: components["responses"]["ApiKeyInvalid"];
            403: components["responses"]["ComponentNotApprovedOrComponentRevokedOrComponentMismatch"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["MetricsUnavailableOrDatabaseUnavailableOrOverloaded"];
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["CsrfRejected"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getOwnUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: components["schemas"]["User"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current_password: string;
                    new_password: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: components["schemas"]["User"];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["CsrfRejected"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyAttempts"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["User"][];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                    password: string;
                    /** @enum {string} */
                    role: "admin" | "operator" | "viewer";
                    display_name?: string | null;
                    email?: string | null;
                    /** @default true */
                    must_change_password?: boolean;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["ConflictOrNameTakenOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    replaceUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    readonly id?: unknown;
                    readonly last_login_at?: unknown;
                    readonly created_at?: unknown;
                    readonly updated_at?: unknown;
                    username?: string;
                    /** @enum {string} */
                    role: "admin" | "operator" | "viewer";
                    /** @default null */
                    display_name?: string | null;
                    /** @default null */
                    email?: string | null;
                    /** @default true */
                    enabled?: boolean;
                    must_change_password?: boolean;
                    password?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidState"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidState"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role?: "admin" | "operator" | "viewer";
                    display_name?: string | null;
                    email?: string | null;
                    enabled?: boolean;
                    must_change_password?: boolean;
                    password?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidState"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listAuditLog: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEntry"][];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        node_unreachable_seconds: number;
                        node_settle_seconds: number;
                        component_key_max_age_days: number;
                        rollout_soak_seconds: number;
                        alert_keep_days: number;
                        neighbour_interval_seconds: number;
                        smtp: {
                            host: string;
                            /** @default 587 */
                            port: number;
                            /**
                             * @default starttls
                             * @enum {string}
                             */
                            security: "none" | "starttls" | "tls";
                            /** @default null */
                            username: string | null;
                            /** @default null */
                            password: string | null;
                            from: string;
                            /** @default null */
                            ca_pem: string | null;
                        } | null;
                        public_origin: string | null;
                        heartbeat: {
                            url: string;
                            /** @default 60 */
                            every_seconds: number;
                        } | null;
                        outage_notice: {
                            /** @default 300 */
                            after_seconds: number;
                            channel_ids: string[];
                            /** @default null */
                            collector_ids: string[] | null;
                        } | null;
                    };
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    replaceSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 300 */
                    node_unreachable_seconds?: number;
                    /** @default 300 */
                    node_settle_seconds?: number;
                    /** @default 0 */
                    component_key_max_age_days?: number;
                    /** @default 300 */
                    rollout_soak_seconds?: number;
                    /** @default 365 */
                    alert_keep_days?: number;
                    /** @default 300 */
                    neighbour_interval_seconds?: number;
                    /** @default null */
                    smtp?: {
                        host: string;
                        /** @default 587 */
                        port?: number;
                        /**
                         * @default starttls
                         * @enum {string}
                         */
                        security?: "none" | "starttls" | "tls";
                        /** @default null */
                        username?: string | null;
                        /** @default null */
                        password?: string | null;
                        from: string;
                        /** @default null */
                        ca_pem?: string | null;
                    } | null;
                    /** @default null */
                    public_origin?: string | null;
                    /** @default null */
                    heartbeat?: {
                        url: string;
                        /** @default 60 */
                        every_seconds?: number;
                    } | null;
                    /** @default null */
                    outage_notice?: {
                        /** @default 300 */
                        after_seconds?: number;
                        channel_ids: string[];
                        /** @default null */
                        collector_ids?: string[] | null;
                    } | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        node_unreachable_seconds: number;
                        node_settle_seconds: number;
                        component_key_max_age_days: number;
                        rollout_soak_seconds: number;
                        alert_keep_days: number;
                        neighbour_interval_seconds: number;
                        smtp: {
                            host: string;
                            /** @default 587 */
                            port: number;
                            /**
                             * @default starttls
                             * @enum {string}
                             */
                            security: "none" | "starttls" | "tls";
                            /** @default null */
                            username: string | null;
                            /** @default null */
                            password: string | null;
                            from: string;
                            /** @default null */
                            ca_pem: string | null;
                        } | null;
                        public_origin: string | null;
                        heartbeat: {
                            url: string;
                            /** @default 60 */
                            every_seconds: number;
                        } | null;
                        outage_notice: {
                            /** @default 300 */
                            after_seconds: number;
                            channel_ids: string[];
                            /** @default null */
                            collector_ids: string[] | null;
                        } | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    updateSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    node_unreachable_seconds?: number;
                    node_settle_seconds?: number;
                    component_key_max_age_days?: number;
                    rollout_soak_seconds?: number;
                    alert_keep_days?: number;
                    neighbour_interval_seconds?: number;
                    smtp?: {
                        host: string;
                        /** @default 587 */
                        port?: number;
                        /**
                         * @default starttls
                         * @enum {string}
                         */
                        security?: "none" | "starttls" | "tls";
                        /** @default null */
                        username?: string | null;
                        /** @default null */
                        password?: string | null;
                        from: string;
                        /** @default null */
                        ca_pem?: string | null;
                    } | null;
                    public_origin?: string | null;
                    heartbeat?: {
                        url: string;
                        /** @default 60 */
                        every_seconds?: number;
                    } | null;
                    outage_notice?: {
                        /** @default 300 */
                        after_seconds?: number;
                        channel_ids: string[];
                        /** @default null */
                        collector_ids?: string[] | null;
                    } | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        node_unreachable_seconds: number;
                        node_settle_seconds: number;
                        component_key_max_age_days: number;
                        rollout_soak_seconds: number;
                        alert_keep_days: number;
                        neighbour_interval_seconds: number;
                        smtp: {
                            host: string;
                            /** @default 587 */
                            port: number;
                            /**
                             * @default starttls
                             * @enum {string}
                             */
                            security: "none" | "starttls" | "tls";
                            /** @default null */
                            username: string | null;
                            /** @default null */
                            password: string | null;
                            from: string;
                            /** @default null */
                            ca_pem: string | null;
                        } | null;
                        public_origin: string | null;
                        heartbeat: {
                            url: string;
                            /** @default 60 */
                            every_seconds: number;
                        } | null;
                        outage_notice: {
                            /** @default 300 */
                            after_seconds: number;
                            channel_ids: string[];
                            /** @default null */
                            collector_ids: string[] | null;
                        } | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getCredentialKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        state: "settled" | "starting" | "resealing";
                        sealing_version: number;
                        newest_version: number;
                        since: string | null;
                        remaining: number;
                        unreadable: {
                            what: string;
                            name: string;
                            reason: string;
                        }[];
                        key_file: string | null;
                        servers: {
                            hostname: string;
                            versions: number[];
                            sealing_version: number;
                            seen_at: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    rotateCredentialKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        state: "settled" | "starting" | "resealing";
                        sealing_version: number;
                        newest_version: number;
                        since: string | null;
                        remaining: number;
                        unreadable: {
                            what: string;
                            name: string;
                            reason: string;
                        }[];
                        key_file: string | null;
                        servers: {
                            hostname: string;
                            versions: number[];
                            sealing_version: number;
                            seen_at: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["ConflictOrInvalidState"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listSites: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Site"][];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    createSite: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    description?: string | null;
                    default_collector_id?: string | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Site"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["ConflictOrNameTakenOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getSite: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Site"];
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    replaceSite: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    readonly id?: unknown;
                    readonly is_default?: unknown;
                    readonly node_count?: unknown;
                    readonly created_at?: unknown;
                    readonly updated_at?: unknown;
                    name: string;
                    /** @default null */
                    description?: string | null;
                    /** @default null */
                    default_collector_id?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Site"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrNameTaken"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    deleteSite: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInUseOrInvalidState"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    updateSite: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    description?: string | null;
                    default_collector_id?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Site"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrNameTaken"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listNodeGroups: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["NodeGroup"][];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    createNodeGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    description?: string | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeGroup"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["ConflictOrNameTakenOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getNodeGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeGroup"];
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    replaceNodeGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    readonly id?: unknown;
                    readonly node_count?: unknown;
                    readonly created_at?: unknown;
                    readonly updated_at?: unknown;
                    name: string;
                    /** @default null */
                    description?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeGroup"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrNameTaken"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    deleteNodeGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    updateNodeGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    description?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeGroup"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrNameTaken"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listNodes: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
                status?: "discovering" | "healthy" | "warning" | "critical" | "offline" | "unknown" | "maintenance";
                site_id?: string;
                group_id?: string;
                node_type?: "server" | "workstation" | "virtual_machine" | "hypervisor" | "switch" | "router" | "firewall" | "wireless_controller" | "access_point" | "load_balancer" | "storage" | "ups" | "pdu" | "printer" | "camera" | "plc" | "hmi" | "iot" | "sensor" | "website" | "other";
                collector_id?: string;
                credential_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Node"][];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    createNode: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    ip_address: string;
                    /**
                     * @default other
                     * @enum {string}
                     */
                    node_type?: "server" | "workstation" | "virtual_machine" | "hypervisor" | "switch" | "router" | "firewall" | "wireless_controller" | "access_point" | "load_balancer" | "storage" | "ups" | "pdu" | "printer" | "camera" | "plc" | "hmi" | "iot" | "sensor" | "website" | "other";
                    /** Format: uuid */
                    site_id?: string;
                    /** @default ping */
                    template?: string;
                    collector_id?: string | null;
                    environment?: string | null;
                    group_ids?: string[];
                    /** @default 161 */
                    snmp_port?: number;
                    url?: string | null;
                    snmp_pace?: {
                        requests_per_second?: number;
                        getbulk?: boolean;
                        max_repetitions?: number;
                        requests_per_cycle?: number;
                        interval_seconds?: number;
                    } | null;
                    allow_duplicate?: boolean;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeDetail"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["ConflictOrNodeExistsOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getNode: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeDetail"];
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    replaceNode: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    readonly id?: unknown;
                    readonly fqdn?: unknown;
                    readonly site_name?: unknown;
                    readonly agent_id?: unknown;
                    readonly status?: unknown;
                    readonly status_since?: unknown;
                    readonly status_reason?: unknown;
                    readonly last_seen_at?: unknown;
                    readonly approval?: unknown;
                    readonly os?: unknown;
                    readonly created_at?: unknown;
                    readonly updated_at?: unknown;
                    readonly collection?: unknown;
                    readonly credentials?: unknown;
                    name: string;
                    ip_address: string;
                    /**
                     * @default other
                     * @enum {string}
                     */
                    node_type?: "server" | "workstation" | "virtual_machine" | "hypervisor" | "switch" | "router" | "firewall" | "wireless_controller" | "access_point" | "load_balancer" | "storage" | "ups" | "pdu" | "printer" | "camera" | "plc" | "hmi" | "iot" | "sensor" | "website" | "other";
                    /** Format: uuid */
                    site_id?: string;
                    /** @default ping */
                    template?: string;
                    /** @default null */
                    collector_id?: string | null;
                    /** @default null */
                    environment?: string | null;
                    /** @default [] */
                    group_ids?: string[];
                    /** @default 161 */
                    snmp_port?: number;
                    /** @default null */
                    url?: string | null;
                    /** @default null */
                    snmp_pace?: {
                        requests_per_second?: number;
                        getbulk?: boolean;
                        max_repetitions?: number;
                        requests_per_cycle?: number;
                        interval_seconds?: number;
                    } | null;
                    /** @default true */
                    collector_chosen?: boolean;
                    allow_duplicate?: boolean;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeDetail"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrNodeExists"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    deleteNode: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    updateNode: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    ip_address?: string;
                    /** @enum {string} */
                    node_type?: "server" | "workstation" | "virtual_machine" | "hypervisor" | "switch" | "router" | "firewall" | "wireless_controller" | "access_point" | "load_balancer" | "storage" | "ups" | "pdu" | "printer" | "camera" | "plc" | "hmi" | "iot" | "sensor" | "website" | "other";
                    /** Format: uuid */
                    site_id?: string;
                    template?: string;
                    collector_id?: string | null;
                    environment?: string | null;
                    group_ids?: string[];
                    snmp_port?: number;
                    url?: string | null;
                    snmp_pace?: {
                        requests_per_second?: number;
                        getbulk?: boolean;
                        max_repetitions?: number;
                        requests_per_cycle?: number;
                        interval_seconds?: number;
                    } | null;
                    allow_duplicate?: boolean;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeDetail"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrNodeExists"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    changeManyNodes: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    node_ids: string[];
                    /** @enum {string} */
                    action: "move_to_site";
                    /** Format: uuid */
                    site_id: string;
                    allow_duplicate?: boolean;
                } | {
                    node_ids: string[];
                    /** @enum {string} */
                    action: "assign_collector";
                    collector_id: string | null;
                } | {
                    node_ids: string[];
                    /** @enum {string} */
                    action: "delete";
                } | {
                    node_ids: string[];
                    /** @enum {string} */
                    action: "maintenance";
                    /** Format: date-time */
                    ends_at?: string;
                    for_seconds?: number;
                    reason?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        affected: number;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrNodeExistsOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    replaceNodeCredential: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
                purpose: "snmp" | "wmi" | "vsphere" | "ssh" | "http";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    credential_id: string;
                };
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    deleteNodeCredential: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
                purpose: "snmp" | "wmi" | "vsphere" | "ssh" | "http";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getTopology: {
        parameters: {
            query?: {
                site_id?: string;
                node_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Topology"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getNodeNeighbours: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        node_id: string;
                        read_at: string | null;
                        reasons: string[];
                        tables: {
                            /** @enum {string} */
                            table: "interfaces" | "addresses" | "lldp_ports" | "lldp_neighbours" | "cdp_neighbours" | "bridge_ports" | "forwarding" | "address_resolution" | "aggregates" | "stack_members";
                            /** @enum {string} */
                            state: "whole" | "part" | "absent" | "failed";
                            rows: number;
                            left_out: number;
                            reason: string | null;
                            read_at: string;
                            kept_rows: number;
                            whole_at: string | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getTopologyLayout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        positions: {
                            /** Format: uuid */
                            id: string;
                            x: number;
                            y: number;
                            is_placed_by_hand: boolean;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    replaceTopologyLayout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    positions: {
                        /** Format: uuid */
                        id: string;
                        x: number;
                        y: number;
                        readonly is_placed_by_hand?: unknown;
                    }[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        positions: {
                            /** Format: uuid */
                            id: string;
                            x: number;
                            y: number;
                            is_placed_by_hand: boolean;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    postTopologyLayoutReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    site_id?: string;
                };
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getTopologyWhere: {
        parameters: {
            query?: {
                mac?: string;
                ip?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            node_id: string;
                            node_name: string;
                            /** Format: uuid */
                            site_id: string;
                            interface: string | null;
                            vlan: number | null;
                            mac_address: string;
                            ip_addresses: string[];
                            is_edge: boolean;
                            behind: string | null;
                            owner_node_id: string | null;
                            owner_name: string | null;
                            first_seen_at: string;
                            last_seen_at: string;
                        }[];
                        moves: {
                            mac_address: string;
                            from: {
                                /** Format: uuid */
                                node_id: string;
                                node_name: string;
                                /** Format: uuid */
                                site_id: string;
                                interface: string | null;
                                vlan: number | null;
                            };
                            to: {
                                /** Format: uuid */
                                node_id: string;
                                node_name: string;
                                /** Format: uuid */
                                site_id: string;
                                interface: string | null;
                                vlan: number | null;
                            } | null;
                            first_seen_at: string;
                            last_seen_at: string;
                            moved_at: string;
                        }[];
                        notices: string[];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getTopologyConflicts: {
        parameters: {
            query?: {
                site_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @enum {string} */
                            kind: "duplicate_ip" | "wandering_mac";
                            /** Format: uuid */
                            site_id: string;
                            ip_address: string | null;
                            mac_addresses: string[];
                            node_ids: string[];
                            places: {
                                /** Format: uuid */
                                node_id: string;
                                node_name: string;
                                /** Format: uuid */
                                site_id: string;
                                interface: string | null;
                                vlan: number | null;
                            }[];
                            since: string;
                            detail: string;
                        }[];
                        total: number;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    createTopologyLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    a: {
                        /** Format: uuid */
                        node_id: string;
                        interface?: string | null;
                    };
                    b: {
                        /** Format: uuid */
                        node_id: string;
                        interface?: string | null;
                    };
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopologyLink"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["ConflictOrLinkExistsOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getTopologyLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopologyLink"];
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    deleteTopologyLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidState"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getNodeParents: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeParents"];
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    replaceNodeParents: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    readonly derived_ids?: unknown;
                    node_ids: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeParents"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getTopologyApproval: {
        parameters: {
            query?: {
                site_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        approvals: {
                            /** Format: uuid */
                            site_id: string;
                            site_name: string;
                            approved_at: string;
                            approved_by: string;
                            links: number;
                        }[];
                        ghosts: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "moved" | "missing";
                            a: {
                                node_id: string | null;
                                device_id: string | null;
                                interface: string | null;
                                name: string | null;
                                address: string | null;
                            };
                            b: {
                                node_id: string | null;
                                device_id: string | null;
                                interface: string | null;
                                name: string | null;
                                address: string | null;
                            };
                            moved_to: string | null;
                            since: string;
                            detail: string;
                        }[];
                        new_link_ids: string[];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    approveWiring: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    site_id?: string;
                    ids?: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        approvals: {
                            /** Format: uuid */
                            site_id: string;
                            site_name: string;
                            approved_at: string;
                            approved_by: string;
                            links: number;
                        }[];
                        ghosts: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "moved" | "missing";
                            a: {
                                node_id: string | null;
                                device_id: string | null;
                                interface: string | null;
                                name: string | null;
                                address: string | null;
                            };
                            b: {
                                node_id: string | null;
                                device_id: string | null;
                                interface: string | null;
                                name: string | null;
                                address: string | null;
                            };
                            moved_to: string | null;
                            since: string;
                            detail: string;
                        }[];
                        new_link_ids: string[];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["ConflictOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    deleteTopologyApproval: {
        parameters: {
            query?: {
                site_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listTopologyEvents: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
                site_id?: string;
                node_id?: string;
                kind?: "link_appeared" | "link_moved" | "link_gone" | "link_down" | "link_up" | "link_stale" | "device_appeared" | "device_gone" | "approved_moved" | "approved_missing" | "approved_back";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            at: string;
                            /** @enum {string} */
                            kind: "link_appeared" | "link_moved" | "link_gone" | "link_down" | "link_up" | "link_stale" | "device_appeared" | "device_gone" | "approved_moved" | "approved_missing" | "approved_back";
                            site_id: string | null;
                            node_ids: string[];
                            link_id: string | null;
                            detail: string;
                        }[];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getTopologyImpact: {
        parameters: {
            query?: {
                node_id?: string;
                link_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        subject: string;
                        dark: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** Format: uuid */
                            site_id: string;
                            device_type: string;
                            status: string;
                        }[];
                        dark_device_ids: string[];
                        at_risk: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** Format: uuid */
                            site_id: string;
                            device_type: string;
                            status: string;
                        }[];
                        members_left: number | null;
                        unknown: number;
                        maintenance_node_ids: string[];
                        summary: string[];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getTopologySinglePoints: {
        parameters: {
            query?: {
                site_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            node_id: string | null;
                            device_id: string | null;
                            link_id: string | null;
                            name: string;
                            dark: number;
                        }[];
                        total: number;
                        unknown: number;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    importNeighbours: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    devices: {
                        /** Format: uuid */
                        id: string;
                        name?: string;
                        ip_address?: string;
                        /** @enum {string} */
                        node_type?: "server" | "workstation" | "virtual_machine" | "hypervisor" | "switch" | "router" | "firewall" | "wireless_controller" | "access_point" | "load_balancer" | "storage" | "ups" | "pdu" | "printer" | "camera" | "plc" | "hmi" | "iot" | "sensor" | "website" | "other";
                    }[];
                    /** Format: uuid */
                    site_id?: string;
                    /** Format: uuid */
                    collector_id?: string;
                    /** @default generic-snmp */
                    template?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            device_id: string;
                            node_id: string | null;
                            is_existing: boolean;
                            problem: string | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listCredentials: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Credential"][];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    createCredential: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    description?: string | null;
                    /** @default true */
                    enabled?: boolean;
                    /** @enum {string} */
                    type: "snmp_v1";
                    secret: {
                        community: string;
                    };
                } | {
                    name: string;
                    description?: string | null;
                    /** @default true */
                    enabled?: boolean;
                    /** @enum {string} */
                    type: "snmp_v2c";
                    secret: {
                        community: string;
                    };
                } | {
                    name: string;
                    description?: string | null;
                    /** @default true */
                    enabled?: boolean;
                    /** @enum {string} */
                    type: "snmp_v3";
                    secret: {
                        username: string;
                        /**
                         * @default authPriv
                         * @enum {string}
                         */
                        security_level?: "noAuthNoPriv" | "authNoPriv" | "authPriv";
                        /** @enum {string} */
                        auth_protocol?: "MD5" | "SHA" | "SHA224" | "SHA256" | "SHA384" | "SHA512";
                        auth_password?: string;
                        /** @enum {string} */
                        priv_protocol?: "DES" | "AES" | "AES192" | "AES192C" | "AES256" | "AES256C";
                        priv_password?: string;
                        context_name?: string;
                    };
                } | {
                    name: string;
                    description?: string | null;
                    /** @default true */
                    enabled?: boolean;
                    /** @enum {string} */
                    type: "wmi";
                    secret: {
                        username: string;
                        password: string;
                        domain?: string;
                    };
                } | {
                    name: string;
                    description?: string | null;
                    /** @default true */
                    enabled?: boolean;
                    /** @enum {string} */
                    type: "vsphere";
                    secret: {
                        username: string;
                        password: string;
                    };
                } | {
                    name: string;
                    description?: string | null;
                    /** @default true */
                    enabled?: boolean;
                    /** @enum {string} */
                    type: "ssh";
                    secret: {
                        username: string;
                        password?: string;
                        private_key?: string;
                        passphrase?: string;
                    };
                } | {
                    name: string;
                    description?: string | null;
                    /** @default true */
                    enabled?: boolean;
                    /** @enum {string} */
                    type: "http";
                    secret: {
                        /**
                         * @default basic
                         * @enum {string}
                         */
                        scheme?: "basic" | "bearer";
                        username?: string;
                        password?: string;
                        token?: string;
                    };
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credential"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["ConflictOrNameTakenOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getCredential: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credential"];
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    replaceCredential: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    readonly id?: unknown;
                    readonly secret_fields?: unknown;
                    readonly node_count?: unknown;
                    readonly created_at?: unknown;
                    readonly updated_at?: unknown;
                    name: string;
                    /** @enum {string} */
                    type?: "snmp_v1" | "snmp_v2c" | "snmp_v3" | "wmi" | "vsphere" | "ssh" | "http";
                    /** @default null */
                    description?: string | null;
                    /** @default true */
                    enabled?: boolean;
                    secret?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credential"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrNameTaken"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    deleteCredential: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInUse"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    updateCredential: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    description?: string | null;
                    enabled?: boolean;
                    secret?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credential"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrNameTaken"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    revealCredential: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        secret: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listDeviceTemplates: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            slug: string;
                            name: string;
                            description: string;
                            /** @enum {string} */
                            gathered_by: "agent" | "collector";
                            vendor: string | null;
                            extends: string[];
                            part: boolean;
                            custom: boolean;
                        }[];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    createDeviceTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        slug: string;
                        text: string;
                        updated_by: string;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["ConflictOrNameTakenOrInvalidStateOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getDeviceTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceTemplate"];
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    replaceDeviceTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        slug: string;
                        text: string;
                        updated_by: string;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidState"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    deleteDeviceTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInUseOrInvalidState"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    reloadDeviceTemplates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changed: string[];
                        faults: {
                            file: string;
                            line?: number;
                            message: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getDeviceTemplateText: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        slug: string;
                        text: string;
                        updated_by: string;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    classifyDevice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    sysObjectID?: string;
                    sysDescr?: string;
                    sysName?: string;
                    walk?: string;
                    /** Format: uuid */
                    node_id?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        vendor: string | null;
                        model: string | null;
                        serial: string | null;
                        firmware: string | null;
                        os: string | null;
                        family: string | null;
                        /** @enum {string} */
                        device_type: "switch" | "router" | "firewall" | "wireless" | "server" | "hypervisor" | "nas" | "ups" | "pdu" | "printer" | "sensor" | "camera" | "phone" | "plc" | "computer" | "other";
                        template: string;
                        confidence: number;
                        reasons: string[];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["CsrfRejected"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    proposeDeviceTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    walk: string;
                    slug?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        identity: {
                            vendor: string | null;
                            model: string | null;
                            serial: string | null;
                            firmware: string | null;
                            os: string | null;
                            family: string | null;
                            /** @enum {string} */
                            device_type: "switch" | "router" | "firewall" | "wireless" | "server" | "hypervisor" | "nas" | "ups" | "pdu" | "printer" | "sensor" | "camera" | "phone" | "plc" | "computer" | "other";
                            template: string;
                            confidence: number;
                            reasons: string[];
                        };
                        slug: string;
                        name: string;
                        extends: string[];
                        reasons: string[];
                        objects: number;
                        skipped_lines: number;
                        polled: {
                            input: string;
                            interval_seconds: number | null;
                            measurement: string;
                            is_table: boolean;
                            rows: number;
                            asked: number;
                            answered: number;
                        }[];
                        tables: {
                            oid: string;
                            name: string | null;
                            mib: string | null;
                            rows: number;
                            /** @enum {string} */
                            use: "polled" | "proposed" | "left_out";
                            why: string;
                            columns: {
                                oid: string;
                                name: string | null;
                                /** @enum {string} */
                                kind: "counter" | "gauge" | "state" | "time" | "text" | "address" | "index" | "object" | "octets";
                                why: string;
                                /** @enum {string} */
                                use: "polled" | "proposed" | "left_out";
                                values: number;
                            }[];
                        }[];
                        scalars: {
                            oid: string;
                            name: string | null;
                            /** @enum {string} */
                            kind: "counter" | "gauge" | "state" | "time" | "text" | "address" | "index" | "object" | "octets";
                            why: string;
                            /** @enum {string} */
                            use: "polled" | "proposed" | "left_out";
                        }[];
                        notes: string[];
                        text: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getNodeIdentityCorrection: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @default null */
                        vendor: string | null;
                        /** @default null */
                        model: string | null;
                        /** @default null */
                        os: string | null;
                        /** @default null */
                        family: string | null;
                        /** @default null */
                        device_type: ("switch" | "router" | "firewall" | "wireless" | "server" | "hypervisor" | "nas" | "ups" | "pdu" | "printer" | "sensor" | "camera" | "phone" | "plc" | "computer" | "other") | null;
                        /** @default null */
                        template: string | null;
                        /** @default false */
                        for_alike: boolean;
                        /** @default null */
                        sys_object_id: string | null;
                        /** @default null */
                        sys_descr: string | null;
                        /** @default null */
                        sys_name: string | null;
                        corrected_by: string | null;
                        corrected_at: string | null;
                    };
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    replaceNodeIdentityCorrection: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    readonly corrected_by?: unknown;
                    readonly corrected_at?: unknown;
                    /** @default null */
                    vendor?: string | null;
                    /** @default null */
                    model?: string | null;
                    /** @default null */
                    os?: string | null;
                    /** @default null */
                    family?: string | null;
                    /** @default null */
                    device_type?: ("switch" | "router" | "firewall" | "wireless" | "server" | "hypervisor" | "nas" | "ups" | "pdu" | "printer" | "sensor" | "camera" | "phone" | "plc" | "computer" | "other") | null;
                    /** @default null */
                    template?: string | null;
                    /** @default false */
                    for_alike?: boolean;
                    /** @default null */
                    sys_object_id?: string | null;
                    /** @default null */
                    sys_descr?: string | null;
                    /** @default null */
                    sys_name?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @default null */
                        vendor: string | null;
                        /** @default null */
                        model: string | null;
                        /** @default null */
                        os: string | null;
                        /** @default null */
                        family: string | null;
                        /** @default null */
                        device_type: ("switch" | "router" | "firewall" | "wireless" | "server" | "hypervisor" | "nas" | "ups" | "pdu" | "printer" | "sensor" | "camera" | "phone" | "plc" | "computer" | "other") | null;
                        /** @default null */
                        template: string | null;
                        /** @default false */
                        for_alike: boolean;
                        /** @default null */
                        sys_object_id: string | null;
                        /** @default null */
                        sys_descr: string | null;
                        /** @default null */
                        sys_name: string | null;
                        corrected_by: string | null;
                        corrected_at: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listIdentityCorrections: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @default null */
                            vendor: string | null;
                            /** @default null */
                            model: string | null;
                            /** @default null */
                            os: string | null;
                            /** @default null */
                            family: string | null;
                            /** @default null */
                            device_type: ("switch" | "router" | "firewall" | "wireless" | "server" | "hypervisor" | "nas" | "ups" | "pdu" | "printer" | "sensor" | "camera" | "phone" | "plc" | "computer" | "other") | null;
                            /** @default null */
                            template: string | null;
                            /** @default false */
                            for_alike: boolean;
                            /** @default null */
                            sys_object_id: string | null;
                            /** @default null */
                            sys_descr: string | null;
                            /** @default null */
                            sys_name: string | null;
                            corrected_by: string;
                            corrected_at: string;
                            /** Format: uuid */
                            id: string;
                            node_id: string | null;
                        }[];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getIdentityCorrection: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @default null */
                        vendor: string | null;
                        /** @default null */
                        model: string | null;
                        /** @default null */
                        os: string | null;
                        /** @default null */
                        family: string | null;
                        /** @default null */
                        device_type: ("switch" | "router" | "firewall" | "wireless" | "server" | "hypervisor" | "nas" | "ups" | "pdu" | "printer" | "sensor" | "camera" | "phone" | "plc" | "computer" | "other") | null;
                        /** @default null */
                        template: string | null;
                        /** @default false */
                        for_alike: boolean;
                        /** @default null */
                        sys_object_id: string | null;
                        /** @default null */
                        sys_descr: string | null;
                        /** @default null */
                        sys_name: string | null;
                        corrected_by: string;
                        corrected_at: string;
                        /** Format: uuid */
                        id: string;
                        node_id: string | null;
                    };
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    deleteIdentityCorrection: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listDiscoveryJobs: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
                status?: "queued" | "running" | "done" | "failed" | "cancelled";
                collector_id?: string;
                site_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            targets: string[];
                            crawl: {
                                seed: string;
                                fence: string[];
                                /** @default 8 */
                                depth: number;
                                /** @default 1000 */
                                devices_max: number;
                            } | null;
                            collector_id: string | null;
                            site_id: string | null;
                            credential_ids: string[];
                            options: {
                                /** @default true */
                                ping: boolean;
                                /** @default null */
                                tcp: boolean | null;
                                /** @default null */
                                tcp_ports: number[] | null;
                                /** @default true */
                                snmp: boolean;
                                /** @default 161 */
                                snmp_port: number;
                                /** @default null */
                                http: boolean | null;
                                /** @default true */
                                dns: boolean;
                                /** @default null */
                                packets_per_second: number | null;
                                /** @default null */
                                host_packets_per_second: number | null;
                                /** @default false */
                                ot_safe: boolean;
                                /** @default [] */
                                exclude: string[];
                                /** @default null */
                                hours: {
                                    timezone: string;
                                    /**
                                     * @default [
                                     *       "mo",
                                     *       "tu",
                                     *       "we",
                                     *       "th",
                                     *       "fr",
                                     *       "sa",
                                     *       "su"
                                     *     ]
                                     */
                                    days: ("mo" | "tu" | "we" | "th" | "fr" | "sa" | "su")[];
                                    from: string;
                                    to: string;
                                } | null;
                            };
                            schedule: {
                                rrule: string;
                                /** @default UTC */
                                timezone: string;
                                /** Format: date-time */
                                starts_at?: string;
                            } | null;
                            collector_name: string | null;
                            site_name: string | null;
                            addresses: number | null;
                            /** @enum {string} */
                            status: "queued" | "running" | "done" | "failed" | "cancelled";
                            message: string | null;
                            progress: {
                                phase: ("ping" | "tcp" | "snmp" | "http" | "dns" | "identify" | "crawl") | null;
                                done: number;
                                total: number;
                                found: number;
                            };
                            run: {
                                /** Format: uuid */
                                id: string;
                                /** Format: uuid */
                                job_id: string;
                                number: number;
                                /** @enum {string} */
                                trigger: "created" | "rerun" | "schedule";
                                /** @enum {string} */
                                status: "queued" | "running" | "done" | "failed" | "cancelled";
                                message: string | null;
                                progress: {
                                    phase: ("ping" | "tcp" | "snmp" | "http" | "dns" | "identify" | "crawl") | null;
                                    done: number;
                                    total: number;
                                    found: number;
                                };
                                packets: number;
                                resumed: number;
                                changes: {
                                    new: number;
                                    changed: number;
                                    gone: number;
                                    back: number;
                                };
                                remarks: string[];
                                requested_by: string;
                                created_at: string;
                                started_at: string | null;
                                ended_at: string | null;
                            } | null;
                            next_run_at: string | null;
                            devices: {
                                new: number;
                                monitored: number;
                                ignored: number;
                                gone: number;
                            };
                            created_by: string;
                            created_at: string;
                            updated_at: string;
                        }[];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    createDiscoveryJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default [] */
                    targets?: string[];
                    /** @default null */
                    crawl?: {
                        seed: string;
                        fence: string[];
                        /** @default 8 */
                        depth?: number;
                        /** @default 1000 */
                        devices_max?: number;
                    } | null;
                    /** @default null */
                    collector_id?: string | null;
                    /** @default null */
                    site_id?: string | null;
                    /** @default [] */
                    credential_ids?: string[];
                    /** @default {} */
                    options?: {
                        /** @default true */
                        ping?: boolean;
                        /** @default null */
                        tcp?: boolean | null;
                        /** @default null */
                        tcp_ports?: number[] | null;
                        /** @default true */
                        snmp?: boolean;
                        /** @default 161 */
                        snmp_port?: number;
                        /** @default null */
                        http?: boolean | null;
                        /** @default true */
                        dns?: boolean;
                        /** @default null */
                        packets_per_second?: number | null;
                        /** @default null */
                        host_packets_per_second?: number | null;
                        /** @default false */
                        ot_safe?: boolean;
                        /** @default [] */
                        exclude?: string[];
                        /** @default null */
                        hours?: {
                            timezone: string;
                            /**
                             * @default [
                             *       "mo",
                             *       "tu",
                             *       "we",
                             *       "th",
                             *       "fr",
                             *       "sa",
                             *       "su"
                             *     ]
                             */
                            days?: ("mo" | "tu" | "we" | "th" | "fr" | "sa" | "su")[];
                            from: string;
                            to: string;
                        } | null;
                    };
                    /** @default null */
                    schedule?: {
                        rrule: string;
                        /** @default UTC */
                        timezone?: string;
                        /** Format: date-time */
                        starts_at?: string;
                    } | null;
                    /** @default true */
                    start?: boolean;
                };
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        targets: string[];
                        crawl: {
                            seed: string;
                            fence: string[];
                            /** @default 8 */
                            depth: number;
                            /** @default 1000 */
                            devices_max: number;
                        } | null;
                        collector_id: string | null;
                        site_id: string | null;
                        credential_ids: string[];
                        options: {
                            /** @default true */
                            ping: boolean;
                            /** @default null */
                            tcp: boolean | null;
                            /** @default null */
                            tcp_ports: number[] | null;
                            /** @default true */
                            snmp: boolean;
                            /** @default 161 */
                            snmp_port: number;
                            /** @default null */
                            http: boolean | null;
                            /** @default true */
                            dns: boolean;
                            /** @default null */
                            packets_per_second: number | null;
                            /** @default null */
                            host_packets_per_second: number | null;
                            /** @default false */
                            ot_safe: boolean;
                            /** @default [] */
                            exclude: string[];
                            /** @default null */
                            hours: {
                                timezone: string;
                                /**
                                 * @default [
                                 *       "mo",
                                 *       "tu",
                                 *       "we",
                                 *       "th",
                                 *       "fr",
                                 *       "sa",
                                 *       "su"
                                 *     ]
                                 */
                                days: ("mo" | "tu" | "we" | "th" | "fr" | "sa" | "su")[];
                                from: string;
                                to: string;
                            } | null;
                        };
                        schedule: {
                            rrule: string;
                            /** @default UTC */
                            timezone: string;
                            /** Format: date-time */
                            starts_at?: string;
                        } | null;
                        collector_name: string | null;
                        site_name: string | null;
                        addresses: number | null;
                        /** @enum {string} */
                        status: "queued" | "running" | "done" | "failed" | "cancelled";
                        message: string | null;
                        progress: {
                            phase: ("ping" | "tcp" | "snmp" | "http" | "dns" | "identify" | "crawl") | null;
                            done: number;
                            total: number;
                            found: number;
                        };
                        run: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            job_id: string;
                            number: number;
                            /** @enum {string} */
                            trigger: "created" | "rerun" | "schedule";
                            /** @enum {string} */
                            status: "queued" | "running" | "done" | "failed" | "cancelled";
                            message: string | null;
                            progress: {
                                phase: ("ping" | "tcp" | "snmp" | "http" | "dns" | "identify" | "crawl") | null;
                                done: number;
                                total: number;
                                found: number;
                            };
                            packets: number;
                            resumed: number;
                            changes: {
                                new: number;
                                changed: number;
                                gone: number;
                                back: number;
                            };
                            remarks: string[];
                            requested_by: string;
                            created_at: string;
                            started_at: string | null;
                            ended_at: string | null;
                        } | null;
                        next_run_at: string | null;
                        devices: {
                            new: number;
                            monitored: number;
                            ignored: number;
                            gone: number;
                        };
                        created_by: string;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["ConflictOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getDiscoveryJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        targets: string[];
                        crawl: {
                            seed: string;
                            fence: string[];
                            /** @default 8 */
                            depth: number;
                            /** @default 1000 */
                            devices_max: number;
                        } | null;
                        collector_id: string | null;
                        site_id: string | null;
                        credential_ids: string[];
                        options: {
                            /** @default true */
                            ping: boolean;
                            /** @default null */
                            tcp: boolean | null;
                            /** @default null */
                            tcp_ports: number[] | null;
                            /** @default true */
                            snmp: boolean;
                            /** @default 161 */
                            snmp_port: number;
                            /** @default null */
                            http: boolean | null;
                            /** @default true */
                            dns: boolean;
                            /** @default null */
                            packets_per_second: number | null;
                            /** @default null */
                            host_packets_per_second: number | null;
                            /** @default false */
                            ot_safe: boolean;
                            /** @default [] */
                            exclude: string[];
                            /** @default null */
                            hours: {
                                timezone: string;
                                /**
                                 * @default [
                                 *       "mo",
                                 *       "tu",
                                 *       "we",
                                 *       "th",
                                 *       "fr",
                                 *       "sa",
                                 *       "su"
                                 *     ]
                                 */
                                days: ("mo" | "tu" | "we" | "th" | "fr" | "sa" | "su")[];
                                from: string;
                                to: string;
                            } | null;
                        };
                        schedule: {
                            rrule: string;
                            /** @default UTC */
                            timezone: string;
                            /** Format: date-time */
                            starts_at?: string;
                        } | null;
                        collector_name: string | null;
                        site_name: string | null;
                        addresses: number | null;
                        /** @enum {string} */
                        status: "queued" | "running" | "done" | "failed" | "cancelled";
                        message: string | null;
                        progress: {
                            phase: ("ping" | "tcp" | "snmp" | "http" | "dns" | "identify" | "crawl") | null;
                            done: number;
                            total: number;
                            found: number;
                        };
                        run: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            job_id: string;
                            number: number;
                            /** @enum {string} */
                            trigger: "created" | "rerun" | "schedule";
                            /** @enum {string} */
                            status: "queued" | "running" | "done" | "failed" | "cancelled";
                            message: string | null;
                            progress: {
                                phase: ("ping" | "tcp" | "snmp" | "http" | "dns" | "identify" | "crawl") | null;
                                done: number;
                                total: number;
                                found: number;
                            };
                            packets: number;
                            resumed: number;
                            changes: {
                                new: number;
                                changed: number;
                                gone: number;
                                back: number;
                            };
                            remarks: string[];
                            requested_by: string;
                            created_at: string;
                            started_at: string | null;
                            ended_at: string | null;
                        } | null;
                        next_run_at: string | null;
                        devices: {
                            new: number;
                            monitored: number;
                            ignored: number;
                            gone: number;
                        };
                        created_by: string;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    replaceDiscoveryJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    readonly id?: unknown;
                    readonly collector_name?: unknown;
                    readonly site_name?: unknown;
                    readonly addresses?: unknown;
                    readonly status?: unknown;
                    readonly message?: unknown;
                    readonly progress?: unknown;
                    readonly run?: unknown;
                    readonly next_run_at?: unknown;
                    readonly devices?: unknown;
                    readonly created_by?: unknown;
                    readonly created_at?: unknown;
                    readonly updated_at?: unknown;
                    name: string;
                    /** @default [] */
                    targets?: string[];
                    /** @default null */
                    crawl?: {
                        seed: string;
                        fence: string[];
                        /** @default 8 */
                        depth?: number;
                        /** @default 1000 */
                        devices_max?: number;
                    } | null;
                    /** @default null */
                    collector_id?: string | null;
                    /** @default null */
                    site_id?: string | null;
                    /** @default [] */
                    credential_ids?: string[];
                    /** @default {} */
                    options?: {
                        /** @default true */
                        ping?: boolean;
                        /** @default null */
                        tcp?: boolean | null;
                        /** @default null */
                        tcp_ports?: number[] | null;
                        /** @default true */
                        snmp?: boolean;
                        /** @default 161 */
                        snmp_port?: number;
                        /** @default null */
                        http?: boolean | null;
                        /** @default true */
                        dns?: boolean;
                        /** @default null */
                        packets_per_second?: number | null;
                        /** @default null */
                        host_packets_per_second?: number | null;
                        /** @default false */
                        ot_safe?: boolean;
                        /** @default [] */
                        exclude?: string[];
                        /** @default null */
                        hours?: {
                            timezone: string;
                            /**
                             * @default [
                             *       "mo",
                             *       "tu",
                             *       "we",
                             *       "th",
                             *       "fr",
                             *       "sa",
                             *       "su"
                             *     ]
                             */
                            days?: ("mo" | "tu" | "we" | "th" | "fr" | "sa" | "su")[];
                            from: string;
                            to: string;
                        } | null;
                    };
                    /** @default null */
                    schedule?: {
                        rrule: string;
                        /** @default UTC */
                        timezone?: string;
                        /** Format: date-time */
                        starts_at?: string;
                    } | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        targets: string[];
                        crawl: {
                            seed: string;
                            fence: string[];
                            /** @default 8 */
                            depth: number;
                            /** @default 1000 */
                            devices_max: number;
                        } | null;
                        collector_id: string | null;
                        site_id: string | null;
                        credential_ids: string[];
                        options: {
                            /** @default true */
                            ping: boolean;
                            /** @default null */
                            tcp: boolean | null;
                            /** @default null */
                            tcp_ports: number[] | null;
                            /** @default true */
                            snmp: boolean;
                            /** @default 161 */
                            snmp_port: number;
                            /** @default null */
                            http: boolean | null;
                            /** @default true */
                            dns: boolean;
                            /** @default null */
                            packets_per_second: number | null;
                            /** @default null */
                            host_packets_per_second: number | null;
                            /** @default false */
                            ot_safe: boolean;
                            /** @default [] */
                            exclude: string[];
                            /** @default null */
                            hours: {
                                timezone: string;
                                /**
                                 * @default [
                                 *       "mo",
                                 *       "tu",
                                 *       "we",
                                 *       "th",
                                 *       "fr",
                                 *       "sa",
                                 *       "su"
                                 *     ]
                                 */
                                days: ("mo" | "tu" | "we" | "th" | "fr" | "sa" | "su")[];
                                from: string;
                                to: string;
                            } | null;
                        };
                        schedule: {
                            rrule: string;
                            /** @default UTC */
                            timezone: string;
                            /** Format: date-time */
                            starts_at?: string;
                        } | null;
                        collector_name: string | null;
                        site_name: string | null;
                        addresses: number | null;
                        /** @enum {string} */
                        status: "queued" | "running" | "done" | "failed" | "cancelled";
                        message: string | null;
                        progress: {
                            phase: ("ping" | "tcp" | "snmp" | "http" | "dns" | "identify" | "crawl") | null;
                            done: number;
                            total: number;
                            found: number;
                        };
                        run: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            job_id: string;
                            number: number;
                            /** @enum {string} */
                            trigger: "created" | "rerun" | "schedule";
                            /** @enum {string} */
                            status: "queued" | "running" | "done" | "failed" | "cancelled";
                            message: string | null;
                            progress: {
                                phase: ("ping" | "tcp" | "snmp" | "http" | "dns" | "identify" | "crawl") | null;
                                done: number;
                                total: number;
                                found: number;
                            };
                            packets: number;
                            resumed: number;
                            changes: {
                                new: number;
                                changed: number;
                                gone: number;
                                back: number;
                            };
                            remarks: string[];
                            requested_by: string;
                            created_at: string;
                            started_at: string | null;
                            ended_at: string | null;
                        } | null;
                        next_run_at: string | null;
                        devices: {
                            new: number;
                            monitored: number;
                            ignored: number;
                            gone: number;
                        };
                        created_by: string;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidState"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    deleteDiscoveryJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    updateDiscoveryJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    targets?: string[];
                    crawl?: {
                        seed: string;
                        fence: string[];
                        /** @default 8 */
                        depth?: number;
                        /** @default 1000 */
                        devices_max?: number;
                    } | null;
                    collector_id?: string | null;
                    site_id?: string | null;
                    credential_ids?: string[];
                    options?: {
                        /** @default true */
                        ping?: boolean;
                        /** @default null */
                        tcp?: boolean | null;
                        /** @default null */
                        tcp_ports?: number[] | null;
                        /** @default true */
                        snmp?: boolean;
                        /** @default 161 */
                        snmp_port?: number;
                        /** @default null */
                        http?: boolean | null;
                        /** @default true */
                        dns?: boolean;
                        /** @default null */
                        packets_per_second?: number | null;
                        /** @default null */
                        host_packets_per_second?: number | null;
                        /** @default false */
                        ot_safe?: boolean;
                        /** @default [] */
                        exclude?: string[];
                        /** @default null */
                        hours?: {
                            timezone: string;
                            /**
                             * @default [
                             *       "mo",
                             *       "tu",
                             *       "we",
                             *       "th",
                             *       "fr",
                             *       "sa",
                             *       "su"
                             *     ]
                             */
                            days?: ("mo" | "tu" | "we" | "th" | "fr" | "sa" | "su")[];
                            from: string;
                            to: string;
                        } | null;
                    };
                    schedule?: {
                        rrule: string;
                        /** @default UTC */
                        timezone?: string;
                        /** Format: date-time */
                        starts_at?: string;
                    } | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        targets: string[];
                        crawl: {
                            seed: string;
                            fence: string[];
                            /** @default 8 */
                            depth: number;
                            /** @default 1000 */
                            devices_max: number;
                        } | null;
                        collector_id: string | null;
                        site_id: string | null;
                        credential_ids: string[];
                        options: {
                            /** @default true */
                            ping: boolean;
                            /** @default null */
                            tcp: boolean | null;
                            /** @default null */
                            tcp_ports: number[] | null;
                            /** @default true */
                            snmp: boolean;
                            /** @default 161 */
                            snmp_port: number;
                            /** @default null */
                            http: boolean | null;
                            /** @default true */
                            dns: boolean;
                            /** @default null */
                            packets_per_second: number | null;
                            /** @default null */
                            host_packets_per_second: number | null;
                            /** @default false */
                            ot_safe: boolean;
                            /** @default [] */
                            exclude: string[];
                            /** @default null */
                            hours: {
                                timezone: string;
                                /**
                                 * @default [
                                 *       "mo",
                                 *       "tu",
                                 *       "we",
                                 *       "th",
                                 *       "fr",
                                 *       "sa",
                                 *       "su"
                                 *     ]
                                 */
                                days: ("mo" | "tu" | "we" | "th" | "fr" | "sa" | "su")[];
                                from: string;
                                to: string;
                            } | null;
                        };
                        schedule: {
                            rrule: string;
                            /** @default UTC */
                            timezone: string;
                            /** Format: date-time */
                            starts_at?: string;
                        } | null;
                        collector_name: string | null;
                        site_name: string | null;
                        addresses: number | null;
                        /** @enum {string} */
                        status: "queued" | "running" | "done" | "failed" | "cancelled";
                        message: string | null;
                        progress: {
                            phase: ("ping" | "tcp" | "snmp" | "http" | "dns" | "identify" | "crawl") | null;
                            done: number;
                            total: number;
                            found: number;
                        };
                        run: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            job_id: string;
                            number: number;
                            /** @enum {string} */
                            trigger: "created" | "rerun" | "schedule";
                            /** @enum {string} */
                            status: "queued" | "running" | "done" | "failed" | "cancelled";
                            message: string | null;
                            progress: {
                                phase: ("ping" | "tcp" | "snmp" | "http" | "dns" | "identify" | "crawl") | null;
                                done: number;
                                total: number;
                                found: number;
                            };
                            packets: number;
                            resumed: number;
                            changes: {
                                new: number;
                                changed: number;
                                gone: number;
                                back: number;
                            };
                            remarks: string[];
                            requested_by: string;
                            created_at: string;
                            started_at: string | null;
                            ended_at: string | null;
                        } | null;
                        next_run_at: string | null;
                        devices: {
                            new: number;
                            monitored: number;
                            ignored: number;
                            gone: number;
                        };
                        created_by: string;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidState"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listDiscoveryRuns: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            job_id: string;
                            number: number;
                            /** @enum {string} */
                            trigger: "created" | "rerun" | "schedule";
                            /** @enum {string} */
                            status: "queued" | "running" | "done" | "failed" | "cancelled";
                            message: string | null;
                            progress: {
                                phase: ("ping" | "tcp" | "snmp" | "http" | "dns" | "identify" | "crawl") | null;
                                done: number;
                                total: number;
                                found: number;
                            };
                            packets: number;
                            resumed: number;
                            changes: {
                                new: number;
                                changed: number;
                                gone: number;
                                back: number;
                            };
                            remarks: string[];
                            requested_by: string;
                            created_at: string;
                            started_at: string | null;
                            ended_at: string | null;
                        }[];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listDiscoveryChanges: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
                run_id?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            run_id: string;
                            /** Format: uuid */
                            device_id: string;
                            ip_address: string;
                            name: string | null;
                            /** @enum {string} */
                            change: "new" | "changed" | "gone" | "back";
                            fields: {
                                field: string;
                                before: string | null;
                                after: string | null;
                            }[];
                            at: string;
                        }[];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listDiscoveryLedger: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
                run_id?: string;
                address?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            address: string;
                            packets: number;
                            kinds: {
                                [key: string]: number;
                            };
                        }[];
                        total: number;
                        next_cursor: string | null;
                        packets: number;
                        kinds: {
                            [key: string]: number;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    rerunDiscoveryJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        targets: string[];
                        crawl: {
                            seed: string;
                            fence: string[];
                            /** @default 8 */
                            depth: number;
                            /** @default 1000 */
                            devices_max: number;
                        } | null;
                        collector_id: string | null;
                        site_id: string | null;
                        credential_ids: string[];
                        options: {
                            /** @default true */
                            ping: boolean;
                            /** @default null */
                            tcp: boolean | null;
                            /** @default null */
                            tcp_ports: number[] | null;
                            /** @default true */
                            snmp: boolean;
                            /** @default 161 */
                            snmp_port: number;
                            /** @default null */
                            http: boolean | null;
                            /** @default true */
                            dns: boolean;
                            /** @default null */
                            packets_per_second: number | null;
                            /** @default null */
                            host_packets_per_second: number | null;
                            /** @default false */
                            ot_safe: boolean;
                            /** @default [] */
                            exclude: string[];
                            /** @default null */
                            hours: {
                                timezone: string;
                                /**
                                 * @default [
                                 *       "mo",
                                 *       "tu",
                                 *       "we",
                                 *       "th",
                                 *       "fr",
                                 *       "sa",
                                 *       "su"
                                 *     ]
                                 */
                                days: ("mo" | "tu" | "we" | "th" | "fr" | "sa" | "su")[];
                                from: string;
                                to: string;
                            } | null;
                        };
                        schedule: {
                            rrule: string;
                            /** @default UTC */
                            timezone: string;
                            /** Format: date-time */
                            starts_at?: string;
                        } | null;
                        collector_name: string | null;
                        site_name: string | null;
                        addresses: number | null;
                        /** @enum {string} */
                        status: "queued" | "running" | "done" | "failed" | "cancelled";
                        message: string | null;
                        progress: {
                            phase: ("ping" | "tcp" | "snmp" | "http" | "dns" | "identify" | "crawl") | null;
                            done: number;
                            total: number;
                            found: number;
                        };
                        run: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            job_id: string;
                            number: number;
                            /** @enum {string} */
                            trigger: "created" | "rerun" | "schedule";
                            /** @enum {string} */
                            status: "queued" | "running" | "done" | "failed" | "cancelled";
                            message: string | null;
                            progress: {
                                phase: ("ping" | "tcp" | "snmp" | "http" | "dns" | "identify" | "crawl") | null;
                                done: number;
                                total: number;
                                found: number;
                            };
                            packets: number;
                            resumed: number;
                            changes: {
                                new: number;
                                changed: number;
                                gone: number;
                                back: number;
                            };
                            remarks: string[];
                            requested_by: string;
                            created_at: string;
                            started_at: string | null;
                            ended_at: string | null;
                        } | null;
                        next_run_at: string | null;
                        devices: {
                            new: number;
                            monitored: number;
                            ignored: number;
                            gone: number;
                        };
                        created_by: string;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidStateOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    cancelDiscoveryJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        targets: string[];
                        crawl: {
                            seed: string;
                            fence: string[];
                            /** @default 8 */
                            depth: number;
                            /** @default 1000 */
                            devices_max: number;
                        } | null;
                        collector_id: string | null;
                        site_id: string | null;
                        credential_ids: string[];
                        options: {
                            /** @default true */
                            ping: boolean;
                            /** @default null */
                            tcp: boolean | null;
                            /** @default null */
                            tcp_ports: number[] | null;
                            /** @default true */
                            snmp: boolean;
                            /** @default 161 */
                            snmp_port: number;
                            /** @default null */
                            http: boolean | null;
                            /** @default true */
                            dns: boolean;
                            /** @default null */
                            packets_per_second: number | null;
                            /** @default null */
                            host_packets_per_second: number | null;
                            /** @default false */
                            ot_safe: boolean;
                            /** @default [] */
                            exclude: string[];
                            /** @default null */
                            hours: {
                                timezone: string;
                                /**
                                 * @default [
                                 *       "mo",
                                 *       "tu",
                                 *       "we",
                                 *       "th",
                                 *       "fr",
                                 *       "sa",
                                 *       "su"
                                 *     ]
                                 */
                                days: ("mo" | "tu" | "we" | "th" | "fr" | "sa" | "su")[];
                                from: string;
                                to: string;
                            } | null;
                        };
                        schedule: {
                            rrule: string;
                            /** @default UTC */
                            timezone: string;
                            /** Format: date-time */
                            starts_at?: string;
                        } | null;
                        collector_name: string | null;
                        site_name: string | null;
                        addresses: number | null;
                        /** @enum {string} */
                        status: "queued" | "running" | "done" | "failed" | "cancelled";
                        message: string | null;
                        progress: {
                            phase: ("ping" | "tcp" | "snmp" | "http" | "dns" | "identify" | "crawl") | null;
                            done: number;
                            total: number;
                            found: number;
                        };
                        run: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            job_id: string;
                            number: number;
                            /** @enum {string} */
                            trigger: "created" | "rerun" | "schedule";
                            /** @enum {string} */
                            status: "queued" | "running" | "done" | "failed" | "cancelled";
                            message: string | null;
                            progress: {
                                phase: ("ping" | "tcp" | "snmp" | "http" | "dns" | "identify" | "crawl") | null;
                                done: number;
                                total: number;
                                found: number;
                            };
                            packets: number;
                            resumed: number;
                            changes: {
                                new: number;
                                changed: number;
                                gone: number;
                                back: number;
                            };
                            remarks: string[];
                            requested_by: string;
                            created_at: string;
                            started_at: string | null;
                            ended_at: string | null;
                        } | null;
                        next_run_at: string | null;
                        devices: {
                            new: number;
                            monitored: number;
                            ignored: number;
                            gone: number;
                        };
                        created_by: string;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidStateOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listDiscoveredDevices: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
                state?: "new" | "monitored" | "ignored" | "gone";
                device_type?: "switch" | "router" | "firewall" | "wireless" | "server" | "hypervisor" | "nas" | "ups" | "pdu" | "printer" | "sensor" | "camera" | "phone" | "plc" | "computer" | "other";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            job_id: string;
                            ip_address: string;
                            addresses: string[];
                            /** @enum {string} */
                            state: "new" | "monitored" | "ignored" | "gone";
                            hostname: string | null;
                            sys_name: string | null;
                            sys_descr: string | null;
                            sys_object_id: string | null;
                            vendor: string | null;
                            model: string | null;
                            serial: string | null;
                            firmware: string | null;
                            os: string | null;
                            family: string | null;
                            /** @enum {string} */
                            device_type: "switch" | "router" | "firewall" | "wireless" | "server" | "hypervisor" | "nas" | "ups" | "pdu" | "printer" | "sensor" | "camera" | "phone" | "plc" | "computer" | "other";
                            template: string;
                            confidence: number;
                            reasons: string[];
                            credential_id: string | null;
                            credential_name: string | null;
                            snmp_port: number;
                            mac_address: string | null;
                            mac_vendor: string | null;
                            open_ports: number[];
                            web: {
                                /** @default null */
                                url: string | null;
                                /** @default null */
                                status: number | null;
                                /** @default null */
                                server: string | null;
                                /** @default null */
                                title: string | null;
                                /** @default null */
                                certificate_subject: string | null;
                                /** @default null */
                                certificate_issuer: string | null;
                                /** @default null */
                                certificate_not_after: string | null;
                                /** @default null */
                                certificate_sha256: string | null;
                            } | null;
                            neighbours: {
                                /** @enum {string} */
                                protocol: "lldp" | "cdp";
                                /** @default null */
                                local_port: string | null;
                                /** @default null */
                                name: string | null;
                                /** @default null */
                                address: string | null;
                                /** @default null */
                                port: string | null;
                                /** @default null */
                                platform: string | null;
                            }[];
                            keys: {
                                /** @enum {string} */
                                kind: "serial" | "engine_id" | "base_mac" | "chassis_id" | "addresses";
                                value: string;
                                is_unique: boolean;
                            }[];
                            merge_reasons: string[];
                            remarks: string[];
                            last_change: ("new" | "changed" | "gone" | "back") | null;
                            node_id: string | null;
                            node_name: string | null;
                            first_seen_at: string;
                            last_seen_at: string;
                        }[];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    importDiscoveredDevices: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    device_ids: string[];
                    /** Format: uuid */
                    site_id: string;
                    collector_id?: string | null;
                    group_ids?: string[];
                    /** @default [] */
                    overrides?: {
                        /** Format: uuid */
                        device_id: string;
                        name?: string;
                        ip_address?: string;
                        /** @enum {string} */
                        node_type?: "server" | "workstation" | "virtual_machine" | "hypervisor" | "switch" | "router" | "firewall" | "wireless_controller" | "access_point" | "load_balancer" | "storage" | "ups" | "pdu" | "printer" | "camera" | "plc" | "hmi" | "iot" | "sensor" | "website" | "other";
                        template?: string;
                        credential_id?: string | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            device_id: string;
                            /** @enum {string} */
                            outcome: "created" | "existed" | "failed";
                            node_id: string | null;
                            message: string | null;
                        }[];
                        created: number;
                        existed: number;
                        failed: number;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    ignoreDiscoveredDevices: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    device_ids: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        affected: number;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidStateOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    unignoreDiscoveredDevices: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    device_ids: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        affected: number;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidStateOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    mergeDiscoveredDevices: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    device_ids: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        job_id: string;
                        ip_address: string;
                        addresses: string[];
                        /** @enum {string} */
                        state: "new" | "monitored" | "ignored" | "gone";
                        hostname: string | null;
                        sys_name: string | null;
                        sys_descr: string | null;
                        sys_object_id: string | null;
                        vendor: string | null;
                        model: string | null;
                        serial: string | null;
                        firmware: string | null;
                        os: string | null;
                        family: string | null;
                        /** @enum {string} */
                        device_type: "switch" | "router" | "firewall" | "wireless" | "server" | "hypervisor" | "nas" | "ups" | "pdu" | "printer" | "sensor" | "camera" | "phone" | "plc" | "computer" | "other";
                        template: string;
                        confidence: number;
                        reasons: string[];
                        credential_id: string | null;
                        credential_name: string | null;
                        snmp_port: number;
                        mac_address: string | null;
                        mac_vendor: string | null;
                        open_ports: number[];
                        web: {
                            /** @default null */
                            url: string | null;
                            /** @default null */
                            status: number | null;
                            /** @default null */
                            server: string | null;
                            /** @default null */
                            title: string | null;
                            /** @default null */
                            certificate_subject: string | null;
                            /** @default null */
                            certificate_issuer: string | null;
                            /** @default null */
                            certificate_not_after: string | null;
                            /** @default null */
                            certificate_sha256: string | null;
                        } | null;
                        neighbours: {
                            /** @enum {string} */
                            protocol: "lldp" | "cdp";
                            /** @default null */
                            local_port: string | null;
                            /** @default null */
                            name: string | null;
                            /** @default null */
                            address: string | null;
                            /** @default null */
                            port: string | null;
                            /** @default null */
                            platform: string | null;
                        }[];
                        keys: {
                            /** @enum {string} */
                            kind: "serial" | "engine_id" | "base_mac" | "chassis_id" | "addresses";
                            value: string;
                            is_unique: boolean;
                        }[];
                        merge_reasons: string[];
                        remarks: string[];
                        last_change: ("new" | "changed" | "gone" | "back") | null;
                        node_id: string | null;
                        node_name: string | null;
                        first_seen_at: string;
                        last_seen_at: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidStateOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    splitDiscoveredDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    device_id: string;
                    addresses: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            job_id: string;
                            ip_address: string;
                            addresses: string[];
                            /** @enum {string} */
                            state: "new" | "monitored" | "ignored" | "gone";
                            hostname: string | null;
                            sys_name: string | null;
                            sys_descr: string | null;
                            sys_object_id: string | null;
                            vendor: string | null;
                            model: string | null;
                            serial: string | null;
                            firmware: string | null;
                            os: string | null;
                            family: string | null;
                            /** @enum {string} */
                            device_type: "switch" | "router" | "firewall" | "wireless" | "server" | "hypervisor" | "nas" | "ups" | "pdu" | "printer" | "sensor" | "camera" | "phone" | "plc" | "computer" | "other";
                            template: string;
                            confidence: number;
                            reasons: string[];
                            credential_id: string | null;
                            credential_name: string | null;
                            snmp_port: number;
                            mac_address: string | null;
                            mac_vendor: string | null;
                            open_ports: number[];
                            web: {
                                /** @default null */
                                url: string | null;
                                /** @default null */
                                status: number | null;
                                /** @default null */
                                server: string | null;
                                /** @default null */
                                title: string | null;
                                /** @default null */
                                certificate_subject: string | null;
                                /** @default null */
                                certificate_issuer: string | null;
                                /** @default null */
                                certificate_not_after: string | null;
                                /** @default null */
                                certificate_sha256: string | null;
                            } | null;
                            neighbours: {
                                /** @enum {string} */
                                protocol: "lldp" | "cdp";
                                /** @default null */
                                local_port: string | null;
                                /** @default null */
                                name: string | null;
                                /** @default null */
                                address: string | null;
                                /** @default null */
                                port: string | null;
                                /** @default null */
                                platform: string | null;
                            }[];
                            keys: {
                                /** @enum {string} */
                                kind: "serial" | "engine_id" | "base_mac" | "chassis_id" | "addresses";
                                value: string;
                                is_unique: boolean;
                            }[];
                            merge_reasons: string[];
                            remarks: string[];
                            last_change: ("new" | "changed" | "gone" | "back") | null;
                            node_id: string | null;
                            node_name: string | null;
                            first_seen_at: string;
                            last_seen_at: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listEnrollmentTokens: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["EnrollmentToken"][];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    createEnrollmentToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    description?: string;
                    /** @default true */
                    multi_use?: boolean;
                    max_uses?: number | null;
                    /** @default 24 */
                    expires_in_hours?: number;
                    site_id?: string | null;
                    component_type?: ("collector" | "agent") | null;
                    /** @default false */
                    auto_approve?: boolean;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedEnrollmentToken"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["ConflictOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getEnrollmentToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrollmentToken"];
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    deleteEnrollmentToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getDeployment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listComponents: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
                component_type?: "collector" | "agent";
                approval?: "pending" | "approved" | "rejected" | "revoked";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Component"][];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getComponent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Component"];
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    replaceComponent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    readonly id?: unknown;
                    readonly component_type?: unknown;
                    readonly hostname?: unknown;
                    readonly version?: unknown;
                    readonly os?: unknown;
                    readonly os_version?: unknown;
                    readonly arch?: unknown;
                    readonly approval?: unknown;
                    readonly connection?: unknown;
                    readonly site_name?: unknown;
                    readonly node_id?: unknown;
                    readonly node_count?: unknown;
                    readonly failing_node_count?: unknown;
                    readonly last_seen_at?: unknown;
                    readonly registered_at?: unknown;
                    readonly approved_at?: unknown;
                    readonly engine?: unknown;
                    readonly queue?: unknown;
                    readonly running_config_hash?: unknown;
                    readonly desired_config_hash?: unknown;
                    readonly desired_generation?: unknown;
                    readonly running_generation?: unknown;
                    readonly pinned_generation?: unknown;
                    readonly held_by_rollout_id?: unknown;
                    readonly config_status?: unknown;
                    readonly config_message?: unknown;
                    readonly clock_skew_seconds?: unknown;
                    readonly ip_addresses?: unknown;
                    readonly fqdn?: unknown;
                    readonly roles?: unknown;
                    readonly flags?: unknown;
                    readonly previous_key_valid_until?: unknown;
                    readonly ingest?: unknown;
                    name: string;
                    /** @default null */
                    site_id?: string | null;
                    /**
                     * @default auto
                     * @enum {string}
                     */
                    engine_choice?: "auto" | "telegraf" | "embedded";
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Component"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    deleteComponent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    updateComponent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    site_id?: string | null;
                    /** @enum {string} */
                    engine_choice?: "auto" | "telegraf" | "embedded";
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Component"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    replaceComponentConfigPin: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    generation: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Component"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    deleteComponentConfigPin: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Component"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    approveComponent: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Component"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidStateOrIdempotencyKeyInUse"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    rejectComponent: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Component"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidStateOrIdempotencyKeyInUse"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    revokeComponent: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Component"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidStateOrIdempotencyKeyInUse"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    rotateComponentKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComponentKey"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidStateOrIdempotencyKeyInUse"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listComponentReports: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ComponentReport"][];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listComponentGaps: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ComponentGap"][];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    testNodeCredential: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                purpose: "snmp" | "wmi" | "vsphere" | "ssh" | "http";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        state: "waiting" | "running" | "done";
                        /** Format: uuid */
                        node_id: string;
                        node_name: string;
                        /** Format: uuid */
                        credential_id: string;
                        credential_name: string;
                        /** @enum {string} */
                        type: "snmp_v1" | "snmp_v2c" | "snmp_v3" | "wmi" | "vsphere" | "ssh" | "http";
                        collector_id: string | null;
                        collector_name: string | null;
                        outcome: ("ok" | "auth" | "timeout" | "refused" | "untrusted" | "bad_answer" | "unsupported" | "failed" | "collector_offline" | "collector_silent" | "collector_outdated" | "no_collector" | "changed") | null;
                        message: string;
                        detail: string | null;
                        device: {
                            name: string | null;
                            description: string | null;
                            object_id: string | null;
                        } | null;
                        took_ms: number | null;
                        created_at: string;
                        ended_at: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidStateOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    testCredential: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    node_id: string;
                };
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        state: "waiting" | "running" | "done";
                        /** Format: uuid */
                        node_id: string;
                        node_name: string;
                        /** Format: uuid */
                        credential_id: string;
                        credential_name: string;
                        /** @enum {string} */
                        type: "snmp_v1" | "snmp_v2c" | "snmp_v3" | "wmi" | "vsphere" | "ssh" | "http";
                        collector_id: string | null;
                        collector_name: string | null;
                        outcome: ("ok" | "auth" | "timeout" | "refused" | "untrusted" | "bad_answer" | "unsupported" | "failed" | "collector_offline" | "collector_silent" | "collector_outdated" | "no_collector" | "changed") | null;
                        message: string;
                        detail: string | null;
                        device: {
                            name: string | null;
                            description: string | null;
                            object_id: string | null;
                        } | null;
                        took_ms: number | null;
                        created_at: string;
                        ended_at: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidStateOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getCredentialTest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        state: "waiting" | "running" | "done";
                        /** Format: uuid */
                        node_id: string;
                        node_name: string;
                        /** Format: uuid */
                        credential_id: string;
                        credential_name: string;
                        /** @enum {string} */
                        type: "snmp_v1" | "snmp_v2c" | "snmp_v3" | "wmi" | "vsphere" | "ssh" | "http";
                        collector_id: string | null;
                        collector_name: string | null;
                        outcome: ("ok" | "auth" | "timeout" | "refused" | "untrusted" | "bad_answer" | "unsupported" | "failed" | "collector_offline" | "collector_silent" | "collector_outdated" | "no_collector" | "changed") | null;
                        message: string;
                        detail: string | null;
                        device: {
                            name: string | null;
                            description: string | null;
                            object_id: string | null;
                        } | null;
                        took_ms: number | null;
                        created_at: string;
                        ended_at: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    readNodeNeighbours: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        state: "waiting" | "running" | "done";
                        /** Format: uuid */
                        node_id: string;
                        node_name: string;
                        collector_id: string | null;
                        collector_name: string | null;
                        outcome: ("read" | "failed" | "no_collector" | "collector_offline" | "collector_silent" | "collector_outdated" | "changed") | null;
                        message: string;
                        tables: {
                            interfaces: {
                                /** @enum {string} */
                                state: "whole" | "part" | "absent" | "failed";
                                rows: number;
                                left_out: number;
                                reason: string | null;
                            };
                            addresses: {
                                /** @enum {string} */
                                state: "whole" | "part" | "absent" | "failed";
                                rows: number;
                                left_out: number;
                                reason: string | null;
                            };
                            lldp_ports: {
                                /** @enum {string} */
                                state: "whole" | "part" | "absent" | "failed";
                                rows: number;
                                left_out: number;
                                reason: string | null;
                            };
                            lldp_neighbours: {
                                /** @enum {string} */
                                state: "whole" | "part" | "absent" | "failed";
                                rows: number;
                                left_out: number;
                                reason: string | null;
                            };
                            cdp_neighbours: {
                                /** @enum {string} */
                                state: "whole" | "part" | "absent" | "failed";
                                rows: number;
                                left_out: number;
                                reason: string | null;
                            };
                            bridge_ports: {
                                /** @enum {string} */
                                state: "whole" | "part" | "absent" | "failed";
                                rows: number;
                                left_out: number;
                                reason: string | null;
                            };
                            forwarding: {
                                /** @enum {string} */
                                state: "whole" | "part" | "absent" | "failed";
                                rows: number;
                                left_out: number;
                                reason: string | null;
                            };
                            address_resolution: {
                                /** @enum {string} */
                                state: "whole" | "part" | "absent" | "failed";
                                rows: number;
                                left_out: number;
                                reason: string | null;
                            };
                            aggregates: {
                                /** @enum {string} */
                                state: "whole" | "part" | "absent" | "failed";
                                rows: number;
                                left_out: number;
                                reason: string | null;
                            };
                            stack_members: {
                                /** @enum {string} */
                                state: "whole" | "part" | "absent" | "failed";
                                rows: number;
                                left_out: number;
                                reason: string | null;
                            };
                        } | null;
                        created_at: string;
                        ended_at: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getNeighbourRead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        state: "waiting" | "running" | "done";
                        /** Format: uuid */
                        node_id: string;
                        node_name: string;
                        collector_id: string | null;
                        collector_name: string | null;
                        outcome: ("read" | "failed" | "no_collector" | "collector_offline" | "collector_silent" | "collector_outdated" | "changed") | null;
                        message: string;
                        tables: {
                            interfaces: {
                                /** @enum {string} */
                                state: "whole" | "part" | "absent" | "failed";
                                rows: number;
                                left_out: number;
                                reason: string | null;
                            };
                            addresses: {
                                /** @enum {string} */
                                state: "whole" | "part" | "absent" | "failed";
                                rows: number;
                                left_out: number;
                                reason: string | null;
                            };
                            lldp_ports: {
                                /** @enum {string} */
                                state: "whole" | "part" | "absent" | "failed";
                                rows: number;
                                left_out: number;
                                reason: string | null;
                            };
                            lldp_neighbours: {
                                /** @enum {string} */
                                state: "whole" | "part" | "absent" | "failed";
                                rows: number;
                                left_out: number;
                                reason: string | null;
                            };
                            cdp_neighbours: {
                                /** @enum {string} */
                                state: "whole" | "part" | "absent" | "failed";
                                rows: number;
                                left_out: number;
                                reason: string | null;
                            };
                            bridge_ports: {
                                /** @enum {string} */
                                state: "whole" | "part" | "absent" | "failed";
                                rows: number;
                                left_out: number;
                                reason: string | null;
                            };
                            forwarding: {
                                /** @enum {string} */
                                state: "whole" | "part" | "absent" | "failed";
                                rows: number;
                                left_out: number;
                                reason: string | null;
                            };
                            address_resolution: {
                                /** @enum {string} */
                                state: "whole" | "part" | "absent" | "failed";
                                rows: number;
                                left_out: number;
                                reason: string | null;
                            };
                            aggregates: {
                                /** @enum {string} */
                                state: "whole" | "part" | "absent" | "failed";
                                rows: number;
                                left_out: number;
                                reason: string | null;
                            };
                            stack_members: {
                                /** @enum {string} */
                                state: "whole" | "part" | "absent" | "failed";
                                rows: number;
                                left_out: number;
                                reason: string | null;
                            };
                        } | null;
                        created_at: string;
                        ended_at: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listComponentConfigs: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ConfigGeneration"][];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getComponentConfig: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
                generation: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigText"];
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getComponentConfigDiff: {
        parameters: {
            query?: {
                against?: number;
            };
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
                generation: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigDiff"];
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listRollouts: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
                state?: "running" | "stopped" | "done" | "superseded";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Rollout"][];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getRollout: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RolloutDetail"];
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    resumeRollout: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RolloutDetail"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidStateOrIdempotencyKeyInUse"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    finishRollout: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RolloutDetail"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidStateOrIdempotencyKeyInUse"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listAlertDefinitions: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
                kind?: "metric" | "service" | "interface" | "reachability" | "heartbeat" | "collection" | "component" | "store" | "notification";
                scope?: "global" | "site" | "group" | "node";
                scope_id?: string;
                overrides?: string;
                enabled?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                            /** @enum {string} */
                            kind: "metric" | "service" | "interface" | "reachability" | "heartbeat" | "collection" | "component" | "store" | "notification";
                            expr: string | null;
                            /** @enum {string} */
                            comparison: ">" | "<";
                            warning: number | null;
                            warning_clear: number | null;
                            critical: number | null;
                            critical_clear: number | null;
                            unit: string | null;
                            duration_seconds: number;
                            clear_after_seconds: number;
                            instance_labels: string[] | null;
                            /** @enum {string} */
                            no_data: "hold" | "unknown" | "fire";
                            look_back_seconds: number | null;
                            seen_good: boolean;
                            settle_seconds: number | null;
                            scope: {
                                /** @enum {string} */
                                type: "global" | "site" | "group" | "node";
                                id: string | null;
                            };
                            overrides: string | null;
                            summary: string | null;
                            runbook_url: string | null;
                            enabled: boolean;
                            scope_name: string | null;
                            override_count: number;
                            is_shipped: boolean;
                            is_changed: boolean;
                            refusal: {
                                reason: string;
                                since: string;
                            } | null;
                            created_at: string;
                            updated_at: string;
                        }[];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    createAlertDefinition: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /**
                     * @default metric
                     * @enum {string}
                     */
                    kind?: "metric" | "service" | "interface" | "reachability" | "heartbeat" | "collection" | "component" | "store" | "notification";
                    /** @default null */
                    expr?: string | null;
                    /**
                     * @default >
                     * @enum {string}
                     */
                    comparison?: ">" | "<";
                    /** @default null */
                    warning?: number | null;
                    /** @default null */
                    warning_clear?: number | null;
                    /** @default null */
                    critical?: number | null;
                    /** @default null */
                    critical_clear?: number | null;
                    /** @default null */
                    unit?: string | null;
                    /** @default 0 */
                    duration_seconds?: number;
                    /** @default 20 */
                    clear_after_seconds?: number;
                    /** @default null */
                    instance_labels?: string[] | null;
                    /**
                     * @default hold
                     * @enum {string}
                     */
                    no_data?: "hold" | "unknown" | "fire";
                    /** @default null */
                    look_back_seconds?: number | null;
                    /** @default false */
                    seen_good?: boolean;
                    /** @default null */
                    settle_seconds?: number | null;
                    scope?: {
                        /** @enum {string} */
                        type: "global" | "site" | "group" | "node";
                        id?: string | null;
                    };
                    /** @default null */
                    overrides?: string | null;
                    /** @default null */
                    summary?: string | null;
                    /** @default null */
                    runbook_url?: string | null;
                    /** @default true */
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        slug: string;
                        name: string;
                        /** @enum {string} */
                        kind: "metric" | "service" | "interface" | "reachability" | "heartbeat" | "collection" | "component" | "store" | "notification";
                        expr: string | null;
                        /** @enum {string} */
                        comparison: ">" | "<";
                        warning: number | null;
                        warning_clear: number | null;
                        critical: number | null;
                        critical_clear: number | null;
                        unit: string | null;
                        duration_seconds: number;
                        clear_after_seconds: number;
                        instance_labels: string[] | null;
                        /** @enum {string} */
                        no_data: "hold" | "unknown" | "fire";
                        look_back_seconds: number | null;
                        seen_good: boolean;
                        settle_seconds: number | null;
                        scope: {
                            /** @enum {string} */
                            type: "global" | "site" | "group" | "node";
                            id: string | null;
                        };
                        overrides: string | null;
                        summary: string | null;
                        runbook_url: string | null;
                        enabled: boolean;
                        scope_name: string | null;
                        override_count: number;
                        is_shipped: boolean;
                        is_changed: boolean;
                        refusal: {
                            reason: string;
                            since: string;
                        } | null;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["ConflictOrNameTakenOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getAlertDefinition: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        slug: string;
                        name: string;
                        /** @enum {string} */
                        kind: "metric" | "service" | "interface" | "reachability" | "heartbeat" | "collection" | "component" | "store" | "notification";
                        expr: string | null;
                        /** @enum {string} */
                        comparison: ">" | "<";
                        warning: number | null;
                        warning_clear: number | null;
                        critical: number | null;
                        critical_clear: number | null;
                        unit: string | null;
                        duration_seconds: number;
                        clear_after_seconds: number;
                        instance_labels: string[] | null;
                        /** @enum {string} */
                        no_data: "hold" | "unknown" | "fire";
                        look_back_seconds: number | null;
                        seen_good: boolean;
                        settle_seconds: number | null;
                        scope: {
                            /** @enum {string} */
                            type: "global" | "site" | "group" | "node";
                            id: string | null;
                        };
                        overrides: string | null;
                        summary: string | null;
                        runbook_url: string | null;
                        enabled: boolean;
                        scope_name: string | null;
                        override_count: number;
                        is_shipped: boolean;
                        is_changed: boolean;
                        refusal: {
                            reason: string;
                            since: string;
                        } | null;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    replaceAlertDefinition: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    readonly id?: unknown;
                    readonly slug?: unknown;
                    readonly scope_name?: unknown;
                    readonly override_count?: unknown;
                    readonly is_shipped?: unknown;
                    readonly is_changed?: unknown;
                    readonly refusal?: unknown;
                    readonly created_at?: unknown;
                    readonly updated_at?: unknown;
                    name: string;
                    /**
                     * @default metric
                     * @enum {string}
                     */
                    kind?: "metric" | "service" | "interface" | "reachability" | "heartbeat" | "collection" | "component" | "store" | "notification";
                    /** @default null */
                    expr?: string | null;
                    /**
                     * @default >
                     * @enum {string}
                     */
                    comparison?: ">" | "<";
                    /** @default null */
                    warning?: number | null;
                    /** @default null */
                    warning_clear?: number | null;
                    /** @default null */
                    critical?: number | null;
                    /** @default null */
                    critical_clear?: number | null;
                    /** @default null */
                    unit?: string | null;
                    /** @default 0 */
                    duration_seconds?: number;
                    /** @default 20 */
                    clear_after_seconds?: number;
                    /** @default null */
                    instance_labels?: string[] | null;
                    /**
                     * @default hold
                     * @enum {string}
                     */
                    no_data?: "hold" | "unknown" | "fire";
                    /** @default null */
                    look_back_seconds?: number | null;
                    /** @default false */
                    seen_good?: boolean;
                    /** @default null */
                    settle_seconds?: number | null;
                    scope?: {
                        /** @enum {string} */
                        type: "global" | "site" | "group" | "node";
                        id?: string | null;
                    };
                    /** @default null */
                    overrides?: string | null;
                    /** @default null */
                    summary?: string | null;
                    /** @default null */
                    runbook_url?: string | null;
                    /** @default true */
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        slug: string;
                        name: string;
                        /** @enum {string} */
                        kind: "metric" | "service" | "interface" | "reachability" | "heartbeat" | "collection" | "component" | "store" | "notification";
                        expr: string | null;
                        /** @enum {string} */
                        comparison: ">" | "<";
                        warning: number | null;
                        warning_clear: number | null;
                        critical: number | null;
                        critical_clear: number | null;
                        unit: string | null;
                        duration_seconds: number;
                        clear_after_seconds: number;
                        instance_labels: string[] | null;
                        /** @enum {string} */
                        no_data: "hold" | "unknown" | "fire";
                        look_back_seconds: number | null;
                        seen_good: boolean;
                        settle_seconds: number | null;
                        scope: {
                            /** @enum {string} */
                            type: "global" | "site" | "group" | "node";
                            id: string | null;
                        };
                        overrides: string | null;
                        summary: string | null;
                        runbook_url: string | null;
                        enabled: boolean;
                        scope_name: string | null;
                        override_count: number;
                        is_shipped: boolean;
                        is_changed: boolean;
                        refusal: {
                            reason: string;
                            since: string;
                        } | null;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrNameTaken"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    deleteAlertDefinition: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidState"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    updateAlertDefinition: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    /** @enum {string} */
                    kind?: "metric" | "service" | "interface" | "reachability" | "heartbeat" | "collection" | "component" | "store" | "notification";
                    expr?: string | null;
                    /** @enum {string} */
                    comparison?: ">" | "<";
                    warning?: number | null;
                    warning_clear?: number | null;
                    critical?: number | null;
                    critical_clear?: number | null;
                    unit?: string | null;
                    duration_seconds?: number;
                    clear_after_seconds?: number;
                    instance_labels?: string[] | null;
                    /** @enum {string} */
                    no_data?: "hold" | "unknown" | "fire";
                    look_back_seconds?: number | null;
                    seen_good?: boolean;
                    settle_seconds?: number | null;
                    scope?: {
                        /** @enum {string} */
                        type: "global" | "site" | "group" | "node";
                        id?: string | null;
                    };
                    overrides?: string | null;
                    summary?: string | null;
                    runbook_url?: string | null;
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        slug: string;
                        name: string;
                        /** @enum {string} */
                        kind: "metric" | "service" | "interface" | "reachability" | "heartbeat" | "collection" | "component" | "store" | "notification";
                        expr: string | null;
                        /** @enum {string} */
                        comparison: ">" | "<";
                        warning: number | null;
                        warning_clear: number | null;
                        critical: number | null;
                        critical_clear: number | null;
                        unit: string | null;
                        duration_seconds: number;
                        clear_after_seconds: number;
                        instance_labels: string[] | null;
                        /** @enum {string} */
                        no_data: "hold" | "unknown" | "fire";
                        look_back_seconds: number | null;
                        seen_good: boolean;
                        settle_seconds: number | null;
                        scope: {
                            /** @enum {string} */
                            type: "global" | "site" | "group" | "node";
                            id: string | null;
                        };
                        overrides: string | null;
                        summary: string | null;
                        runbook_url: string | null;
                        enabled: boolean;
                        scope_name: string | null;
                        override_count: number;
                        is_shipped: boolean;
                        is_changed: boolean;
                        refusal: {
                            reason: string;
                            since: string;
                        } | null;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrNameTaken"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    cloneAlertDefinition: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        slug: string;
                        name: string;
                        /** @enum {string} */
                        kind: "metric" | "service" | "interface" | "reachability" | "heartbeat" | "collection" | "component" | "store" | "notification";
                        expr: string | null;
                        /** @enum {string} */
                        comparison: ">" | "<";
                        warning: number | null;
                        warning_clear: number | null;
                        critical: number | null;
                        critical_clear: number | null;
                        unit: string | null;
                        duration_seconds: number;
                        clear_after_seconds: number;
                        instance_labels: string[] | null;
                        /** @enum {string} */
                        no_data: "hold" | "unknown" | "fire";
                        look_back_seconds: number | null;
                        seen_good: boolean;
                        settle_seconds: number | null;
                        scope: {
                            /** @enum {string} */
                            type: "global" | "site" | "group" | "node";
                            id: string | null;
                        };
                        overrides: string | null;
                        summary: string | null;
                        runbook_url: string | null;
                        enabled: boolean;
                        scope_name: string | null;
                        override_count: number;
                        is_shipped: boolean;
                        is_changed: boolean;
                        refusal: {
                            reason: string;
                            since: string;
                        } | null;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrNameTakenOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    resetAlertDefinition: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        slug: string;
                        name: string;
                        /** @enum {string} */
                        kind: "metric" | "service" | "interface" | "reachability" | "heartbeat" | "collection" | "component" | "store" | "notification";
                        expr: string | null;
                        /** @enum {string} */
                        comparison: ">" | "<";
                        warning: number | null;
                        warning_clear: number | null;
                        critical: number | null;
                        critical_clear: number | null;
                        unit: string | null;
                        duration_seconds: number;
                        clear_after_seconds: number;
                        instance_labels: string[] | null;
                        /** @enum {string} */
                        no_data: "hold" | "unknown" | "fire";
                        look_back_seconds: number | null;
                        seen_good: boolean;
                        settle_seconds: number | null;
                        scope: {
                            /** @enum {string} */
                            type: "global" | "site" | "group" | "node";
                            id: string | null;
                        };
                        overrides: string | null;
                        summary: string | null;
                        runbook_url: string | null;
                        enabled: boolean;
                        scope_name: string | null;
                        override_count: number;
                        is_shipped: boolean;
                        is_changed: boolean;
                        refusal: {
                            reason: string;
                            since: string;
                        } | null;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrNameTakenOrInvalidState"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listMaintenanceWindows: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
                active?: "true" | "false";
                state?: "active" | "scheduled" | "over";
                node_id?: string;
                site_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            scope: {
                                /** @enum {string} */
                                type: "global" | "site" | "group" | "node";
                                id: string | null;
                            };
                            starts_at: string;
                            ends_at: string;
                            rrule: string | null;
                            exdates: string[];
                            timezone: string;
                            reason: string | null;
                            scope_name: string | null;
                            /** @enum {string} */
                            state: "active" | "scheduled" | "over";
                            active: boolean;
                            current_starts_at: string | null;
                            current_ends_at: string | null;
                            next_starts_at: string | null;
                            next_ends_at: string | null;
                            ended_early_at: string | null;
                            created_by: string;
                            created_at: string;
                            updated_at: string;
                        }[];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    createMaintenanceWindow: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    scope: {
                        /** @enum {string} */
                        type: "global" | "site" | "group" | "node";
                        id?: string | null;
                    };
                    /** Format: date-time */
                    starts_at: string;
                    /** Format: date-time */
                    ends_at: string;
                    /** @default null */
                    rrule?: string | null;
                    /** @default [] */
                    exdates?: (string)[];
                    /** @default UTC */
                    timezone?: string;
                    /** @default null */
                    reason?: string | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        scope: {
                            /** @enum {string} */
                            type: "global" | "site" | "group" | "node";
                            id: string | null;
                        };
                        starts_at: string;
                        ends_at: string;
                        rrule: string | null;
                        exdates: string[];
                        timezone: string;
                        reason: string | null;
                        scope_name: string | null;
                        /** @enum {string} */
                        state: "active" | "scheduled" | "over";
                        active: boolean;
                        current_starts_at: string | null;
                        current_ends_at: string | null;
                        next_starts_at: string | null;
                        next_ends_at: string | null;
                        ended_early_at: string | null;
                        created_by: string;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["ConflictOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listMaintenanceOccurrences: {
        parameters: {
            query: {
                from: string;
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            window_id: string;
                            name: string;
                            scope: {
                                /** @enum {string} */
                                type: "global" | "site" | "group" | "node";
                                id: string | null;
                            };
                            scope_name: string | null;
                            starts_at: string;
                            ends_at: string;
                        }[];
                        complete: boolean;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getMaintenanceWindow: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        scope: {
                            /** @enum {string} */
                            type: "global" | "site" | "group" | "node";
                            id: string | null;
                        };
                        starts_at: string;
                        ends_at: string;
                        rrule: string | null;
                        exdates: string[];
                        timezone: string;
                        reason: string | null;
                        scope_name: string | null;
                        /** @enum {string} */
                        state: "active" | "scheduled" | "over";
                        active: boolean;
                        current_starts_at: string | null;
                        current_ends_at: string | null;
                        next_starts_at: string | null;
                        next_ends_at: string | null;
                        ended_early_at: string | null;
                        created_by: string;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    replaceMaintenanceWindow: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    readonly id?: unknown;
                    readonly scope_name?: unknown;
                    readonly state?: unknown;
                    readonly active?: unknown;
                    readonly current_starts_at?: unknown;
                    readonly current_ends_at?: unknown;
                    readonly next_starts_at?: unknown;
                    readonly next_ends_at?: unknown;
                    readonly ended_early_at?: unknown;
                    readonly created_by?: unknown;
                    readonly created_at?: unknown;
                    readonly updated_at?: unknown;
                    name: string;
                    scope: {
                        /** @enum {string} */
                        type: "global" | "site" | "group" | "node";
                        id?: string | null;
                    };
                    /** Format: date-time */
                    starts_at: string;
                    /** Format: date-time */
                    ends_at: string;
                    /** @default null */
                    rrule?: string | null;
                    /** @default [] */
                    exdates?: (string)[];
                    /** @default UTC */
                    timezone?: string;
                    /** @default null */
                    reason?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        scope: {
                            /** @enum {string} */
                            type: "global" | "site" | "group" | "node";
                            id: string | null;
                        };
                        starts_at: string;
                        ends_at: string;
                        rrule: string | null;
                        exdates: string[];
                        timezone: string;
                        reason: string | null;
                        scope_name: string | null;
                        /** @enum {string} */
                        state: "active" | "scheduled" | "over";
                        active: boolean;
                        current_starts_at: string | null;
                        current_ends_at: string | null;
                        next_starts_at: string | null;
                        next_ends_at: string | null;
                        ended_early_at: string | null;
                        created_by: string;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    deleteMaintenanceWindow: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    updateMaintenanceWindow: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    scope?: {
                        /** @enum {string} */
                        type: "global" | "site" | "group" | "node";
                        id?: string | null;
                    };
                    /** Format: date-time */
                    starts_at?: string;
                    /** Format: date-time */
                    ends_at?: string;
                    rrule?: string | null;
                    exdates?: (string)[];
                    timezone?: string;
                    reason?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        scope: {
                            /** @enum {string} */
                            type: "global" | "site" | "group" | "node";
                            id: string | null;
                        };
                        starts_at: string;
                        ends_at: string;
                        rrule: string | null;
                        exdates: string[];
                        timezone: string;
                        reason: string | null;
                        scope_name: string | null;
                        /** @enum {string} */
                        state: "active" | "scheduled" | "over";
                        active: boolean;
                        current_starts_at: string | null;
                        current_ends_at: string | null;
                        next_starts_at: string | null;
                        next_ends_at: string | null;
                        ended_early_at: string | null;
                        created_by: string;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listHeldAlerts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        occurrence: {
                            starts_at: string;
                            ends_at: string;
                            ended_at: string | null;
                        } | null;
                        total: number;
                        items: {
                            /** Format: uuid */
                            alert_id: string;
                            node_id: string | null;
                            node_name: string;
                            definition_name: string;
                            instance: string;
                            /** @enum {string} */
                            severity: "info" | "warning" | "critical";
                            summary: string;
                            held_since: string;
                            /** @enum {string} */
                            state_at_end: "active" | "resolved";
                            resolved_at: string | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    previewMaintenanceWindow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date-time */
                    starts_at: string;
                    /** Format: date-time */
                    ends_at: string;
                    /** @default null */
                    rrule?: string | null;
                    /** @default [] */
                    exdates?: (string)[];
                    /** @default UTC */
                    timezone?: string;
                    /** Format: date-time */
                    from?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        timezone: string;
                        items: {
                            starts_at: string;
                            ends_at: string;
                            local_starts_at: string;
                            local_ends_at: string;
                            duration_seconds: number;
                            notes: string[];
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["CsrfRejected"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    endMaintenanceWindow: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        scope: {
                            /** @enum {string} */
                            type: "global" | "site" | "group" | "node";
                            id: string | null;
                        };
                        starts_at: string;
                        ends_at: string;
                        rrule: string | null;
                        exdates: string[];
                        timezone: string;
                        reason: string | null;
                        scope_name: string | null;
                        /** @enum {string} */
                        state: "active" | "scheduled" | "over";
                        active: boolean;
                        current_starts_at: string | null;
                        current_ends_at: string | null;
                        next_starts_at: string | null;
                        next_ends_at: string | null;
                        ended_early_at: string | null;
                        created_by: string;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidStateOrIdempotencyKeyInUse"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listAlerts: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
                state?: "active" | "resolved";
                severity?: "info" | "warning" | "critical";
                node_id?: string;
                component_id?: string;
                site_id?: string;
                group_id?: string;
                definition_id?: string;
                acknowledged?: "true" | "false";
                held?: "true" | "false";
                muted?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            state: "active" | "resolved";
                            /** @enum {string} */
                            severity: "info" | "warning" | "critical";
                            node_id: string | null;
                            node_name: string | null;
                            component_id: string | null;
                            component_name: string | null;
                            site_id: string | null;
                            site_name: string | null;
                            /** Format: uuid */
                            definition_id: string;
                            definition_slug: string;
                            definition_name: string;
                            alert_key: string;
                            instance: string;
                            labels: {
                                [key: string]: string;
                            };
                            value: (number | ("+Inf" | "-Inf")) | null;
                            peak: (number | ("+Inf" | "-Inf")) | null;
                            value_at: string;
                            threshold: number | null;
                            /** @enum {string} */
                            comparison: ">" | "<";
                            unit: string | null;
                            summary: string;
                            query: string;
                            started_at: string;
                            triggered_at: string;
                            resolved_at: string | null;
                            acknowledged: {
                                at: string;
                                by: string;
                                comment: string | null;
                            } | null;
                            muted: {
                                at: string;
                                by: string;
                                until: string | null;
                            } | null;
                            muted_until: string | null;
                            held: {
                                /** @enum {string} */
                                by: "unreachable" | "upstream" | "maintenance" | "flapping";
                                since: string;
                                alert_id: string | null;
                                node_id: string | null;
                                window_id: string | null;
                            } | null;
                            behind_count: number;
                            flapping_since: string | null;
                            changes: number;
                        }[];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    countAlerts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        active: number;
                        by_severity: {
                            info: number;
                            warning: number;
                            critical: number;
                        };
                        acknowledged: number;
                        muted: number;
                        held: number;
                        open: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getAlert: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        state: "active" | "resolved";
                        /** @enum {string} */
                        severity: "info" | "warning" | "critical";
                        node_id: string | null;
                        node_name: string | null;
                        component_id: string | null;
                        component_name: string | null;
                        site_id: string | null;
                        site_name: string | null;
                        /** Format: uuid */
                        definition_id: string;
                        definition_slug: string;
                        definition_name: string;
                        alert_key: string;
                        instance: string;
                        labels: {
                            [key: string]: string;
                        };
                        value: (number | ("+Inf" | "-Inf")) | null;
                        peak: (number | ("+Inf" | "-Inf")) | null;
                        value_at: string;
                        threshold: number | null;
                        /** @enum {string} */
                        comparison: ">" | "<";
                        unit: string | null;
                        summary: string;
                        query: string;
                        started_at: string;
                        triggered_at: string;
                        resolved_at: string | null;
                        acknowledged: {
                            at: string;
                            by: string;
                            comment: string | null;
                        } | null;
                        muted: {
                            at: string;
                            by: string;
                            until: string | null;
                        } | null;
                        muted_until: string | null;
                        held: {
                            /** @enum {string} */
                            by: "unreachable" | "upstream" | "maintenance" | "flapping";
                            since: string;
                            alert_id: string | null;
                            node_id: string | null;
                            window_id: string | null;
                        } | null;
                        behind_count: number;
                        flapping_since: string | null;
                        changes: number;
                        scope: {
                            /** @enum {string} */
                            type: "global" | "site" | "group" | "node";
                            id: string | null;
                        };
                        duration_seconds: number;
                        runbook_url: string | null;
                        timeline: {
                            at: string;
                            /** @enum {string} */
                            event: "triggered" | "severity_changed" | "acknowledged" | "unacknowledged" | "muted" | "unmuted" | "held" | "released" | "flapping" | "calm" | "text_failed" | "definition_changed" | "resolved";
                            actor: string | null;
                            detail: {
                                [key: string]: unknown;
                            };
                        }[];
                        timeline_total: number;
                        deliveries: {
                            /** Format: uuid */
                            id: string;
                            alert_id: string | null;
                            alert_summary: string | null;
                            node_id: string | null;
                            node_name: string | null;
                            /** @enum {string} */
                            event: "triggered" | "changed" | "escalated" | "repeated" | "resolved" | "reminder" | "test";
                            step: number;
                            team_id: string | null;
                            team_name: string | null;
                            channel_id: string | null;
                            channel_name: string;
                            recipient: string;
                            /** @enum {string} */
                            state: "queued" | "sent" | "failed" | "skipped" | "merged";
                            attempts: number;
                            reason: ("timeout" | "connection_failed" | "name_not_found" | "tls_failed" | "address_refused" | "login_failed" | "rate_limited" | "server_busy" | "rejected" | "recipient_rejected" | "too_large" | "no_mail_server" | "channel_disabled" | "channel_deleted" | "no_address" | "nobody_on_call" | "member_disabled" | "no_channel" | "resolved_before" | "grouped" | "no_longer_relevant" | "tried_too_often" | "internal_fault") | null;
                            message: string | null;
                            created_at: string;
                            next_attempt_at: string | null;
                            sent_at: string | null;
                            idempotency_key: string;
                        }[];
                        deliveries_total: number;
                        cause: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            state: "active" | "resolved";
                            /** @enum {string} */
                            severity: "info" | "warning" | "critical";
                            node_id: string | null;
                            node_name: string | null;
                            summary: string;
                        } | null;
                        behind: {
                            total: number;
                            items: {
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                state: "active" | "resolved";
                                /** @enum {string} */
                                severity: "info" | "warning" | "critical";
                                node_id: string | null;
                                node_name: string | null;
                                summary: string;
                            }[];
                        };
                        links: {
                            node: string | null;
                            definition: string | null;
                            chart: {
                                query: string;
                                from: string;
                                to: string | null;
                            } | null;
                        };
                    };
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    explainSilence: {
        parameters: {
            query: {
                node_id: string;
                definition_id: string;
                at?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        at: string;
                        /** @enum {string} */
                        verdict: "active" | "acknowledged" | "muted" | "held" | "in_maintenance" | "not_judged" | "not_evaluated" | "by_hearing" | "unknown" | "no_data" | "good" | "pending" | "unexplained";
                        sentences: string[];
                        node: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            status: ("discovering" | "healthy" | "warning" | "critical" | "offline" | "unknown" | "maintenance") | null;
                            status_since: string | null;
                            status_reason: string | null;
                        };
                        definition: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                            /** @enum {string} */
                            kind: "metric" | "service" | "interface" | "reachability" | "heartbeat" | "collection" | "component" | "store" | "notification";
                            scope: {
                                /** @enum {string} */
                                type: "global" | "site" | "group" | "node";
                                id: string | null;
                            };
                            warning: number | null;
                            critical: number | null;
                            comparison: string;
                            unit: string | null;
                            duration_seconds: number;
                            updated_at: string;
                        } | null;
                        query: string | null;
                        values: {
                            instance: string;
                            labels: {
                                [key: string]: string;
                            };
                            value: (number | ("+Inf" | "-Inf")) | null;
                            severity: ("info" | "warning" | "critical") | null;
                            threshold: number | null;
                            bad_since: string | null;
                        }[];
                        alerts: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            state: "active" | "resolved";
                            /** @enum {string} */
                            severity: "info" | "warning" | "critical";
                            node_id: string | null;
                            node_name: string | null;
                            summary: string;
                            alert_key: string;
                            instance: string;
                            definition_name: string;
                            started_at: string;
                            triggered_at: string;
                            resolved_at: string | null;
                            acknowledged_by: string | null;
                            muted_by: string | null;
                            held: {
                                /** @enum {string} */
                                by: "unreachable" | "upstream" | "maintenance" | "flapping";
                                alert_id: string | null;
                                node_id: string | null;
                                window_id: string | null;
                            } | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    acknowledgeAlert: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    comment?: string | null;
                } | null;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        state: "active" | "resolved";
                        /** @enum {string} */
                        severity: "info" | "warning" | "critical";
                        node_id: string | null;
                        node_name: string | null;
                        component_id: string | null;
                        component_name: string | null;
                        site_id: string | null;
                        site_name: string | null;
                        /** Format: uuid */
                        definition_id: string;
                        definition_slug: string;
                        definition_name: string;
                        alert_key: string;
                        instance: string;
                        labels: {
                            [key: string]: string;
                        };
                        value: (number | ("+Inf" | "-Inf")) | null;
                        peak: (number | ("+Inf" | "-Inf")) | null;
                        value_at: string;
                        threshold: number | null;
                        /** @enum {string} */
                        comparison: ">" | "<";
                        unit: string | null;
                        summary: string;
                        query: string;
                        started_at: string;
                        triggered_at: string;
                        resolved_at: string | null;
                        acknowledged: {
                            at: string;
                            by: string;
                            comment: string | null;
                        } | null;
                        muted: {
                            at: string;
                            by: string;
                            until: string | null;
                        } | null;
                        muted_until: string | null;
                        held: {
                            /** @enum {string} */
                            by: "unreachable" | "upstream" | "maintenance" | "flapping";
                            since: string;
                            alert_id: string | null;
                            node_id: string | null;
                            window_id: string | null;
                        } | null;
                        behind_count: number;
                        flapping_since: string | null;
                        changes: number;
                        scope: {
                            /** @enum {string} */
                            type: "global" | "site" | "group" | "node";
                            id: string | null;
                        };
                        duration_seconds: number;
                        runbook_url: string | null;
                        timeline: {
                            at: string;
                            /** @enum {string} */
                            event: "triggered" | "severity_changed" | "acknowledged" | "unacknowledged" | "muted" | "unmuted" | "held" | "released" | "flapping" | "calm" | "text_failed" | "definition_changed" | "resolved";
                            actor: string | null;
                            detail: {
                                [key: string]: unknown;
                            };
                        }[];
                        timeline_total: number;
                        deliveries: {
                            /** Format: uuid */
                            id: string;
                            alert_id: string | null;
                            alert_summary: string | null;
                            node_id: string | null;
                            node_name: string | null;
                            /** @enum {string} */
                            event: "triggered" | "changed" | "escalated" | "repeated" | "resolved" | "reminder" | "test";
                            step: number;
                            team_id: string | null;
                            team_name: string | null;
                            channel_id: string | null;
                            channel_name: string;
                            recipient: string;
                            /** @enum {string} */
                            state: "queued" | "sent" | "failed" | "skipped" | "merged";
                            attempts: number;
                            reason: ("timeout" | "connection_failed" | "name_not_found" | "tls_failed" | "address_refused" | "login_failed" | "rate_limited" | "server_busy" | "rejected" | "recipient_rejected" | "too_large" | "no_mail_server" | "channel_disabled" | "channel_deleted" | "no_address" | "nobody_on_call" | "member_disabled" | "no_channel" | "resolved_before" | "grouped" | "no_longer_relevant" | "tried_too_often" | "internal_fault") | null;
                            message: string | null;
                            created_at: string;
                            next_attempt_at: string | null;
                            sent_at: string | null;
                            idempotency_key: string;
                        }[];
                        deliveries_total: number;
                        cause: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            state: "active" | "resolved";
                            /** @enum {string} */
                            severity: "info" | "warning" | "critical";
                            node_id: string | null;
                            node_name: string | null;
                            summary: string;
                        } | null;
                        behind: {
                            total: number;
                            items: {
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                state: "active" | "resolved";
                                /** @enum {string} */
                                severity: "info" | "warning" | "critical";
                                node_id: string | null;
                                node_name: string | null;
                                summary: string;
                            }[];
                        };
                        links: {
                            node: string | null;
                            definition: string | null;
                            chart: {
                                query: string;
                                from: string;
                                to: string | null;
                            } | null;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidStateOrIdempotencyKeyInUse"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    muteAlert: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    until?: string | null;
                } | null;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        state: "active" | "resolved";
                        /** @enum {string} */
                        severity: "info" | "warning" | "critical";
                        node_id: string | null;
                        node_name: string | null;
                        component_id: string | null;
                        component_name: string | null;
                        site_id: string | null;
                        site_name: string | null;
                        /** Format: uuid */
                        definition_id: string;
                        definition_slug: string;
                        definition_name: string;
                        alert_key: string;
                        instance: string;
                        labels: {
                            [key: string]: string;
                        };
                        value: (number | ("+Inf" | "-Inf")) | null;
                        peak: (number | ("+Inf" | "-Inf")) | null;
                        value_at: string;
                        threshold: number | null;
                        /** @enum {string} */
                        comparison: ">" | "<";
                        unit: string | null;
                        summary: string;
                        query: string;
                        started_at: string;
                        triggered_at: string;
                        resolved_at: string | null;
                        acknowledged: {
                            at: string;
                            by: string;
                            comment: string | null;
                        } | null;
                        muted: {
                            at: string;
                            by: string;
                            until: string | null;
                        } | null;
                        muted_until: string | null;
                        held: {
                            /** @enum {string} */
                            by: "unreachable" | "upstream" | "maintenance" | "flapping";
                            since: string;
                            alert_id: string | null;
                            node_id: string | null;
                            window_id: string | null;
                        } | null;
                        behind_count: number;
                        flapping_since: string | null;
                        changes: number;
                        scope: {
                            /** @enum {string} */
                            type: "global" | "site" | "group" | "node";
                            id: string | null;
                        };
                        duration_seconds: number;
                        runbook_url: string | null;
                        timeline: {
                            at: string;
                            /** @enum {string} */
                            event: "triggered" | "severity_changed" | "acknowledged" | "unacknowledged" | "muted" | "unmuted" | "held" | "released" | "flapping" | "calm" | "text_failed" | "definition_changed" | "resolved";
                            actor: string | null;
                            detail: {
                                [key: string]: unknown;
                            };
                        }[];
                        timeline_total: number;
                        deliveries: {
                            /** Format: uuid */
                            id: string;
                            alert_id: string | null;
                            alert_summary: string | null;
                            node_id: string | null;
                            node_name: string | null;
                            /** @enum {string} */
                            event: "triggered" | "changed" | "escalated" | "repeated" | "resolved" | "reminder" | "test";
                            step: number;
                            team_id: string | null;
                            team_name: string | null;
                            channel_id: string | null;
                            channel_name: string;
                            recipient: string;
                            /** @enum {string} */
                            state: "queued" | "sent" | "failed" | "skipped" | "merged";
                            attempts: number;
                            reason: ("timeout" | "connection_failed" | "name_not_found" | "tls_failed" | "address_refused" | "login_failed" | "rate_limited" | "server_busy" | "rejected" | "recipient_rejected" | "too_large" | "no_mail_server" | "channel_disabled" | "channel_deleted" | "no_address" | "nobody_on_call" | "member_disabled" | "no_channel" | "resolved_before" | "grouped" | "no_longer_relevant" | "tried_too_often" | "internal_fault") | null;
                            message: string | null;
                            created_at: string;
                            next_attempt_at: string | null;
                            sent_at: string | null;
                            idempotency_key: string;
                        }[];
                        deliveries_total: number;
                        cause: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            state: "active" | "resolved";
                            /** @enum {string} */
                            severity: "info" | "warning" | "critical";
                            node_id: string | null;
                            node_name: string | null;
                            summary: string;
                        } | null;
                        behind: {
                            total: number;
                            items: {
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                state: "active" | "resolved";
                                /** @enum {string} */
                                severity: "info" | "warning" | "critical";
                                node_id: string | null;
                                node_name: string | null;
                                summary: string;
                            }[];
                        };
                        links: {
                            node: string | null;
                            definition: string | null;
                            chart: {
                                query: string;
                                from: string;
                                to: string | null;
                            } | null;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidStateOrIdempotencyKeyInUse"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    unacknowledgeAlert: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        state: "active" | "resolved";
                        /** @enum {string} */
                        severity: "info" | "warning" | "critical";
                        node_id: string | null;
                        node_name: string | null;
                        component_id: string | null;
                        component_name: string | null;
                        site_id: string | null;
                        site_name: string | null;
                        /** Format: uuid */
                        definition_id: string;
                        definition_slug: string;
                        definition_name: string;
                        alert_key: string;
                        instance: string;
                        labels: {
                            [key: string]: string;
                        };
                        value: (number | ("+Inf" | "-Inf")) | null;
                        peak: (number | ("+Inf" | "-Inf")) | null;
                        value_at: string;
                        threshold: number | null;
                        /** @enum {string} */
                        comparison: ">" | "<";
                        unit: string | null;
                        summary: string;
                        query: string;
                        started_at: string;
                        triggered_at: string;
                        resolved_at: string | null;
                        acknowledged: {
                            at: string;
                            by: string;
                            comment: string | null;
                        } | null;
                        muted: {
                            at: string;
                            by: string;
                            until: string | null;
                        } | null;
                        muted_until: string | null;
                        held: {
                            /** @enum {string} */
                            by: "unreachable" | "upstream" | "maintenance" | "flapping";
                            since: string;
                            alert_id: string | null;
                            node_id: string | null;
                            window_id: string | null;
                        } | null;
                        behind_count: number;
                        flapping_since: string | null;
                        changes: number;
                        scope: {
                            /** @enum {string} */
                            type: "global" | "site" | "group" | "node";
                            id: string | null;
                        };
                        duration_seconds: number;
                        runbook_url: string | null;
                        timeline: {
                            at: string;
                            /** @enum {string} */
                            event: "triggered" | "severity_changed" | "acknowledged" | "unacknowledged" | "muted" | "unmuted" | "held" | "released" | "flapping" | "calm" | "text_failed" | "definition_changed" | "resolved";
                            actor: string | null;
                            detail: {
                                [key: string]: unknown;
                            };
                        }[];
                        timeline_total: number;
                        deliveries: {
                            /** Format: uuid */
                            id: string;
                            alert_id: string | null;
                            alert_summary: string | null;
                            node_id: string | null;
                            node_name: string | null;
                            /** @enum {string} */
                            event: "triggered" | "changed" | "escalated" | "repeated" | "resolved" | "reminder" | "test";
                            step: number;
                            team_id: string | null;
                            team_name: string | null;
                            channel_id: string | null;
                            channel_name: string;
                            recipient: string;
                            /** @enum {string} */
                            state: "queued" | "sent" | "failed" | "skipped" | "merged";
                            attempts: number;
                            reason: ("timeout" | "connection_failed" | "name_not_found" | "tls_failed" | "address_refused" | "login_failed" | "rate_limited" | "server_busy" | "rejected" | "recipient_rejected" | "too_large" | "no_mail_server" | "channel_disabled" | "channel_deleted" | "no_address" | "nobody_on_call" | "member_disabled" | "no_channel" | "resolved_before" | "grouped" | "no_longer_relevant" | "tried_too_often" | "internal_fault") | null;
                            message: string | null;
                            created_at: string;
                            next_attempt_at: string | null;
                            sent_at: string | null;
                            idempotency_key: string;
                        }[];
                        deliveries_total: number;
                        cause: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            state: "active" | "resolved";
                            /** @enum {string} */
                            severity: "info" | "warning" | "critical";
                            node_id: string | null;
                            node_name: string | null;
                            summary: string;
                        } | null;
                        behind: {
                            total: number;
                            items: {
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                state: "active" | "resolved";
                                /** @enum {string} */
                                severity: "info" | "warning" | "critical";
                                node_id: string | null;
                                node_name: string | null;
                                summary: string;
                            }[];
                        };
                        links: {
                            node: string | null;
                            definition: string | null;
                            chart: {
                                query: string;
                                from: string;
                                to: string | null;
                            } | null;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidStateOrIdempotencyKeyInUse"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    unmuteAlert: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        state: "active" | "resolved";
                        /** @enum {string} */
                        severity: "info" | "warning" | "critical";
                        node_id: string | null;
                        node_name: string | null;
                        component_id: string | null;
                        component_name: string | null;
                        site_id: string | null;
                        site_name: string | null;
                        /** Format: uuid */
                        definition_id: string;
                        definition_slug: string;
                        definition_name: string;
                        alert_key: string;
                        instance: string;
                        labels: {
                            [key: string]: string;
                        };
                        value: (number | ("+Inf" | "-Inf")) | null;
                        peak: (number | ("+Inf" | "-Inf")) | null;
                        value_at: string;
                        threshold: number | null;
                        /** @enum {string} */
                        comparison: ">" | "<";
                        unit: string | null;
                        summary: string;
                        query: string;
                        started_at: string;
                        triggered_at: string;
                        resolved_at: string | null;
                        acknowledged: {
                            at: string;
                            by: string;
                            comment: string | null;
                        } | null;
                        muted: {
                            at: string;
                            by: string;
                            until: string | null;
                        } | null;
                        muted_until: string | null;
                        held: {
                            /** @enum {string} */
                            by: "unreachable" | "upstream" | "maintenance" | "flapping";
                            since: string;
                            alert_id: string | null;
                            node_id: string | null;
                            window_id: string | null;
                        } | null;
                        behind_count: number;
                        flapping_since: string | null;
                        changes: number;
                        scope: {
                            /** @enum {string} */
                            type: "global" | "site" | "group" | "node";
                            id: string | null;
                        };
                        duration_seconds: number;
                        runbook_url: string | null;
                        timeline: {
                            at: string;
                            /** @enum {string} */
                            event: "triggered" | "severity_changed" | "acknowledged" | "unacknowledged" | "muted" | "unmuted" | "held" | "released" | "flapping" | "calm" | "text_failed" | "definition_changed" | "resolved";
                            actor: string | null;
                            detail: {
                                [key: string]: unknown;
                            };
                        }[];
                        timeline_total: number;
                        deliveries: {
                            /** Format: uuid */
                            id: string;
                            alert_id: string | null;
                            alert_summary: string | null;
                            node_id: string | null;
                            node_name: string | null;
                            /** @enum {string} */
                            event: "triggered" | "changed" | "escalated" | "repeated" | "resolved" | "reminder" | "test";
                            step: number;
                            team_id: string | null;
                            team_name: string | null;
                            channel_id: string | null;
                            channel_name: string;
                            recipient: string;
                            /** @enum {string} */
                            state: "queued" | "sent" | "failed" | "skipped" | "merged";
                            attempts: number;
                            reason: ("timeout" | "connection_failed" | "name_not_found" | "tls_failed" | "address_refused" | "login_failed" | "rate_limited" | "server_busy" | "rejected" | "recipient_rejected" | "too_large" | "no_mail_server" | "channel_disabled" | "channel_deleted" | "no_address" | "nobody_on_call" | "member_disabled" | "no_channel" | "resolved_before" | "grouped" | "no_longer_relevant" | "tried_too_often" | "internal_fault") | null;
                            message: string | null;
                            created_at: string;
                            next_attempt_at: string | null;
                            sent_at: string | null;
                            idempotency_key: string;
                        }[];
                        deliveries_total: number;
                        cause: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            state: "active" | "resolved";
                            /** @enum {string} */
                            severity: "info" | "warning" | "critical";
                            node_id: string | null;
                            node_name: string | null;
                            summary: string;
                        } | null;
                        behind: {
                            total: number;
                            items: {
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                state: "active" | "resolved";
                                /** @enum {string} */
                                severity: "info" | "warning" | "critical";
                                node_id: string | null;
                                node_name: string | null;
                                summary: string;
                            }[];
                        };
                        links: {
                            node: string | null;
                            definition: string | null;
                            chart: {
                                query: string;
                                from: string;
                                to: string | null;
                            } | null;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidStateOrIdempotencyKeyInUse"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    changeManyAlerts: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    alert_ids: string[];
                    /** @enum {string} */
                    action: "acknowledge" | "unacknowledge" | "mute" | "unmute";
                    comment?: string | null;
                    until?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        affected: number;
                        results: {
                            /** Format: uuid */
                            alert_id: string;
                            /** @enum {string} */
                            result: "changed" | "unchanged" | "not_found" | "resolved";
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["ConflictOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getPrometheusRules: {
        parameters: {
            query?: {
                type?: "alert" | "record";
                "rule_name[]"?: string[];
                "rule_group[]"?: string[];
                "file[]"?: string[];
                exclude_alerts?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: {
                            groups: {
                                name: string;
                                file: string;
                                interval: number;
                                limit: number;
                                rules: {
                                    /** @enum {string} */
                                    state: "firing" | "inactive";
                                    name: string;
                                    query: string;
                                    duration: number;
                                    keepFiringFor: number;
                                    labels: {
                                        [key: string]: string;
                                    };
                                    annotations: {
                                        [key: string]: string;
                                    };
                                    alerts?: {
                                        labels: {
                                            [key: string]: string;
                                        };
                                        annotations: {
                                            [key: string]: string;
                                        };
                                        /** @enum {string} */
                                        state: "firing";
                                        activeAt: string;
                                        value: string;
                                    }[];
                                    /** @enum {string} */
                                    health: "ok" | "err";
                                    lastError?: string;
                                    evaluationTime: number;
                                    lastEvaluation: string;
                                    /** @enum {string} */
                                    type: "alerting";
                                }[];
                                evaluationTime: number;
                                lastEvaluation: string;
                            }[];
                        };
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getPrometheusAlerts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: {
                            alerts: {
                                labels: {
                                    [key: string]: string;
                                };
                                annotations: {
                                    [key: string]: string;
                                };
                                /** @enum {string} */
                                state: "firing";
                                activeAt: string;
                                value: string;
                            }[];
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    previewSavedAlertDefinition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        at: string;
                        not_tried: string | null;
                        items: {
                            /** Format: uuid */
                            node_id: string;
                            node_name: string;
                            instance: string;
                            labels: {
                                [key: string]: string;
                            };
                            value: number | ("+Inf" | "-Inf");
                            severity: ("info" | "warning" | "critical") | null;
                            threshold: number | null;
                            summary: string | null;
                        }[];
                        total: number;
                        counts: {
                            critical: number;
                            warning: number;
                            good: number;
                        };
                        nodes: number;
                        nodes_with_data: number;
                        query: string | null;
                        warnings: {
                            line: number;
                            column: number;
                            message: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["CsrfRejected"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["QueryFailed"];
            423: components["responses"]["PasswordChangeRequired"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["MetricsUnavailableOrDatabaseUnavailableOrOverloaded"];
        };
    };
    previewAlertDefinition: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    definition: {
                        name: string;
                        /**
                         * @default metric
                         * @enum {string}
                         */
                        kind?: "metric" | "service" | "interface" | "reachability" | "heartbeat" | "collection" | "component" | "store" | "notification";
                        /** @default null */
                        expr?: string | null;
                        /**
                         * @default >
                         * @enum {string}
                         */
                        comparison?: ">" | "<";
                        /** @default null */
                        warning?: number | null;
                        /** @default null */
                        warning_clear?: number | null;
                        /** @default null */
                        critical?: number | null;
                        /** @default null */
                        critical_clear?: number | null;
                        /** @default null */
                        unit?: string | null;
                        /** @default 0 */
                        duration_seconds?: number;
                        /** @default 20 */
                        clear_after_seconds?: number;
                        /** @default null */
                        instance_labels?: string[] | null;
                        /**
                         * @default hold
                         * @enum {string}
                         */
                        no_data?: "hold" | "unknown" | "fire";
                        /** @default null */
                        look_back_seconds?: number | null;
                        /** @default false */
                        seen_good?: boolean;
                        /** @default null */
                        settle_seconds?: number | null;
                        scope?: {
                            /** @enum {string} */
                            type: "global" | "site" | "group" | "node";
                            id?: string | null;
                        };
                        /** @default null */
                        overrides?: string | null;
                        /** @default null */
                        summary?: string | null;
                        /** @default null */
                        runbook_url?: string | null;
                        /** @default true */
                        enabled?: boolean;
                    };
                    /** Format: uuid */
                    id?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        at: string;
                        not_tried: string | null;
                        items: {
                            /** Format: uuid */
                            node_id: string;
                            node_name: string;
                            instance: string;
                            labels: {
                                [key: string]: string;
                            };
                            value: number | ("+Inf" | "-Inf");
                            severity: ("info" | "warning" | "critical") | null;
                            threshold: number | null;
                            summary: string | null;
                        }[];
                        total: number;
                        counts: {
                            critical: number;
                            warning: number;
                            good: number;
                        };
                        nodes: number;
                        nodes_with_data: number;
                        query: string | null;
                        warnings: {
                            line: number;
                            column: number;
                            message: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["QueryFailed"];
            423: components["responses"]["PasswordChangeRequired"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["MetricsUnavailableOrDatabaseUnavailableOrOverloaded"];
        };
    };
    backtestAlertDefinition: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    definition: {
                        name: string;
                        /**
                         * @default metric
                         * @enum {string}
                         */
                        kind?: "metric" | "service" | "interface" | "reachability" | "heartbeat" | "collection" | "component" | "store" | "notification";
                        /** @default null */
                        expr?: string | null;
                        /**
                         * @default >
                         * @enum {string}
                         */
                        comparison?: ">" | "<";
                        /** @default null */
                        warning?: number | null;
                        /** @default null */
                        warning_clear?: number | null;
                        /** @default null */
                        critical?: number | null;
                        /** @default null */
                        critical_clear?: number | null;
                        /** @default null */
                        unit?: string | null;
                        /** @default 0 */
                        duration_seconds?: number;
                        /** @default 20 */
                        clear_after_seconds?: number;
                        /** @default null */
                        instance_labels?: string[] | null;
                        /**
                         * @default hold
                         * @enum {string}
                         */
                        no_data?: "hold" | "unknown" | "fire";
                        /** @default null */
                        look_back_seconds?: number | null;
                        /** @default false */
                        seen_good?: boolean;
                        /** @default null */
                        settle_seconds?: number | null;
                        scope?: {
                            /** @enum {string} */
                            type: "global" | "site" | "group" | "node";
                            id?: string | null;
                        };
                        /** @default null */
                        overrides?: string | null;
                        /** @default null */
                        summary?: string | null;
                        /** @default null */
                        runbook_url?: string | null;
                        /** @default true */
                        enabled?: boolean;
                    };
                    /** Format: uuid */
                    id?: string;
                    hours: number;
                    /** Format: uuid */
                    node_id?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        from: string;
                        to: string;
                        step_seconds: number;
                        complete: boolean;
                        not_tried: string | null;
                        remarks: string[];
                        tried_until: string;
                        nodes: number;
                        series_count: number;
                        alerts: {
                            /** Format: uuid */
                            node_id: string;
                            node_name: string;
                            instance: string;
                            /** @enum {string} */
                            severity: "info" | "warning" | "critical";
                            started_at: string;
                            from: string;
                            to: string | null;
                            duration_seconds: number;
                            peak: (number | ("+Inf" | "-Inf")) | null;
                            is_flapping: boolean;
                            notices: number;
                            held_by: ("unreachable" | "maintenance") | null;
                        }[];
                        total: number;
                        notices: number;
                        held_notices: number;
                        noise: {
                            per_node_and_day: number;
                            budget: number;
                            nodes: {
                                /** Format: uuid */
                                node_id: string;
                                node_name: string;
                                notices: number;
                            }[];
                            nodes_over: number;
                            warning: string | null;
                        };
                        /** @enum {string} */
                        comparison: ">" | "<";
                        warning: number | null;
                        critical: number | null;
                        unit: string | null;
                        query: string | null;
                        series: {
                            /** Format: uuid */
                            node_id: string;
                            node_name: string;
                            instance: string;
                            points: [
                                number,
                                number
                            ][];
                            active: {
                                from: number;
                                to: number;
                                /** @enum {string} */
                                severity: "info" | "warning" | "critical";
                            }[];
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["QueryFailed"];
            423: components["responses"]["PasswordChangeRequired"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["MetricsUnavailableOrDatabaseUnavailableOrOverloaded"];
        };
    };
    listNotificationChannels: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
                type?: "email" | "webhook" | "slack" | "teams";
                enabled?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** @enum {string} */
                            type: "email" | "webhook" | "slack" | "teams";
                            enabled: boolean;
                            text: string | null;
                            max_per_minute: number;
                            config: {
                                [key: string]: unknown;
                            };
                            last_accepted_at: string | null;
                            last_failure: {
                                at: string;
                                reason: string;
                                message: string;
                            } | null;
                            queued_count: number;
                            created_at: string;
                            updated_at: string;
                        }[];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    createNotificationChannel: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default true */
                    enabled?: boolean;
                    /** @default null */
                    text?: string | null;
                    /** @default 60 */
                    max_per_minute?: number;
                    /** @enum {string} */
                    type: "email";
                    config: {
                        to: string[];
                    };
                } | {
                    name: string;
                    /** @default true */
                    enabled?: boolean;
                    /** @default null */
                    text?: string | null;
                    /** @default 60 */
                    max_per_minute?: number;
                    /** @enum {string} */
                    type: "webhook";
                    config: {
                        url: string;
                        /** @default {} */
                        headers?: {
                            [key: string]: string;
                        };
                        /** @default null */
                        signing_secret?: string | null;
                    };
                } | {
                    name: string;
                    /** @default true */
                    enabled?: boolean;
                    /** @default null */
                    text?: string | null;
                    /** @default 60 */
                    max_per_minute?: number;
                    /** @enum {string} */
                    type: "slack";
                    config: {
                        url: string;
                    };
                } | {
                    name: string;
                    /** @default true */
                    enabled?: boolean;
                    /** @default null */
                    text?: string | null;
                    /** @default 60 */
                    max_per_minute?: number;
                    /** @enum {string} */
                    type: "teams";
                    config: {
                        url: string;
                    };
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        /** @enum {string} */
                        type: "email" | "webhook" | "slack" | "teams";
                        enabled: boolean;
                        text: string | null;
                        max_per_minute: number;
                        config: {
                            [key: string]: unknown;
                        };
                        last_accepted_at: string | null;
                        last_failure: {
                            at: string;
                            reason: string;
                            message: string;
                        } | null;
                        queued_count: number;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["ConflictOrNameTakenOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getNotificationChannel: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        /** @enum {string} */
                        type: "email" | "webhook" | "slack" | "teams";
                        enabled: boolean;
                        text: string | null;
                        max_per_minute: number;
                        config: {
                            [key: string]: unknown;
                        };
                        last_accepted_at: string | null;
                        last_failure: {
                            at: string;
                            reason: string;
                            message: string;
                        } | null;
                        queued_count: number;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    replaceNotificationChannel: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    readonly id?: unknown;
                    readonly last_accepted_at?: unknown;
                    readonly last_failure?: unknown;
                    readonly queued_count?: unknown;
                    readonly created_at?: unknown;
                    readonly updated_at?: unknown;
                    name: string;
                    /** @default true */
                    enabled?: boolean;
                    /** @default null */
                    text?: string | null;
                    /** @default 60 */
                    max_per_minute?: number;
                    /** @enum {string} */
                    type?: "email" | "webhook" | "slack" | "teams";
                    config: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        /** @enum {string} */
                        type: "email" | "webhook" | "slack" | "teams";
                        enabled: boolean;
                        text: string | null;
                        max_per_minute: number;
                        config: {
                            [key: string]: unknown;
                        };
                        last_accepted_at: string | null;
                        last_failure: {
                            at: string;
                            reason: string;
                            message: string;
                        } | null;
                        queued_count: number;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrNameTaken"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    deleteNotificationChannel: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    updateNotificationChannel: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    enabled?: boolean;
                    text?: string | null;
                    max_per_minute?: number;
                    config?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        /** @enum {string} */
                        type: "email" | "webhook" | "slack" | "teams";
                        enabled: boolean;
                        text: string | null;
                        max_per_minute: number;
                        config: {
                            [key: string]: unknown;
                        };
                        last_accepted_at: string | null;
                        last_failure: {
                            at: string;
                            reason: string;
                            message: string;
                        } | null;
                        queued_count: number;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrNameTaken"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    testNotificationChannel: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        delivery_id: string;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    previewNotificationChannel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type: "email" | "webhook" | "slack" | "teams";
                    /** @default null */
                    text?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            event: string;
                            title: string | null;
                            text: string;
                            html: string | null;
                            body: {
                                [key: string]: unknown;
                            } | null;
                            failure: string | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listEscalationTeams: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
                member_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["EscalationTeam"][];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    createEscalationTeam: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default true */
                    enabled?: boolean;
                    /** @default false */
                    is_default?: boolean;
                    /**
                     * @default {
                     *       "severities": [],
                     *       "site_ids": [],
                     *       "group_ids": [],
                     *       "definition_ids": []
                     *     }
                     */
                    match?: {
                        /** @default [] */
                        severities?: ("info" | "warning" | "critical")[];
                        /** @default [] */
                        site_ids?: string[];
                        /** @default [] */
                        group_ids?: string[];
                        /** @default [] */
                        definition_ids?: string[];
                    };
                    /**
                     * @default {
                     *       "type": "always"
                     *     }
                     */
                    active?: {
                        /** @enum {string} */
                        type: "always";
                    } | {
                        /** @enum {string} */
                        type: "hours";
                        timezone: string;
                        windows: {
                            days: ("mo" | "tu" | "we" | "th" | "fr" | "sa" | "su")[];
                            from: string;
                            to: string;
                        }[];
                    };
                    steps: {
                        after_seconds: number;
                        channel_ids?: string[];
                        /** @enum {string} */
                        on_call?: "current" | "next";
                    }[];
                    /** @default null */
                    repeat?: {
                        every_seconds: number;
                        times: number;
                    } | null;
                    /** @default null */
                    rotation?: {
                        timezone: string;
                        handoff: {
                            /** @enum {string} */
                            day: "mo" | "tu" | "we" | "th" | "fr" | "sa" | "su";
                            time: string;
                        };
                        member_ids: string[];
                        /** Format: date */
                        starts_on?: string;
                        /** @default [] */
                        overrides?: {
                            /** Format: uuid */
                            member_id: string;
                            /** Format: date-time */
                            from: string;
                            /** Format: date-time */
                            to: string;
                        }[];
                    } | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EscalationTeam"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            409: components["responses"]["ConflictOrNameTakenOrInvalidStateOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getEscalationTeam: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EscalationTeam"];
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    replaceEscalationTeam: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    readonly id?: unknown;
                    readonly on_call?: unknown;
                    readonly warnings?: unknown;
                    readonly created_at?: unknown;
                    readonly updated_at?: unknown;
                    name: string;
                    /** @default true */
                    enabled?: boolean;
                    /** @default false */
                    is_default?: boolean;
                    /**
                     * @default {
                     *       "severities": [],
                     *       "site_ids": [],
                     *       "group_ids": [],
                     *       "definition_ids": []
                     *     }
                     */
                    match?: {
                        /** @default [] */
                        severities?: ("info" | "warning" | "critical")[];
                        /** @default [] */
                        site_ids?: string[];
                        /** @default [] */
                        group_ids?: string[];
                        /** @default [] */
                        definition_ids?: string[];
                    };
                    /**
                     * @default {
                     *       "type": "always"
                     *     }
                     */
                    active?: {
                        /** @enum {string} */
                        type: "always";
                    } | {
                        /** @enum {string} */
                        type: "hours";
                        timezone: string;
                        windows: {
                            days: ("mo" | "tu" | "we" | "th" | "fr" | "sa" | "su")[];
                            from: string;
                            to: string;
                        }[];
                    };
                    steps: {
                        after_seconds: number;
                        channel_ids?: string[];
                        /** @enum {string} */
                        on_call?: "current" | "next";
                    }[];
                    /** @default null */
                    repeat?: {
                        every_seconds: number;
                        times: number;
                    } | null;
                    /** @default null */
                    rotation?: {
                        timezone: string;
                        handoff: {
                            /** @enum {string} */
                            day: "mo" | "tu" | "we" | "th" | "fr" | "sa" | "su";
                            time: string;
                        };
                        member_ids: string[];
                        /** Format: date */
                        starts_on?: string;
                        /** @default [] */
                        overrides?: {
                            /** Format: uuid */
                            member_id: string;
                            /** Format: date-time */
                            from: string;
                            /** Format: date-time */
                            to: string;
                        }[];
                    } | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EscalationTeam"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrNameTakenOrInvalidState"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    deleteEscalationTeam: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidState"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    updateEscalationTeam: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    enabled?: boolean;
                    is_default?: boolean;
                    match?: {
                        /** @default [] */
                        severities?: ("info" | "warning" | "critical")[];
                        /** @default [] */
                        site_ids?: string[];
                        /** @default [] */
                        group_ids?: string[];
                        /** @default [] */
                        definition_ids?: string[];
                    };
                    active?: {
                        /** @enum {string} */
                        type: "always";
                    } | {
                        /** @enum {string} */
                        type: "hours";
                        timezone: string;
                        windows: {
                            days: ("mo" | "tu" | "we" | "th" | "fr" | "sa" | "su")[];
                            from: string;
                            to: string;
                        }[];
                    };
                    steps?: {
                        after_seconds: number;
                        channel_ids?: string[];
                        /** @enum {string} */
                        on_call?: "current" | "next";
                    }[];
                    repeat?: {
                        every_seconds: number;
                        times: number;
                    } | null;
                    rotation?: {
                        timezone: string;
                        handoff: {
                            /** @enum {string} */
                            day: "mo" | "tu" | "we" | "th" | "fr" | "sa" | "su";
                            time: string;
                        };
                        member_ids: string[];
                        /** Format: date */
                        starts_on?: string;
                        /** @default [] */
                        overrides?: {
                            /** Format: uuid */
                            member_id: string;
                            /** Format: date-time */
                            from: string;
                            /** Format: date-time */
                            to: string;
                        }[];
                    } | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EscalationTeam"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrNameTakenOrInvalidState"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    previewEscalation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @default critical
                     * @enum {string}
                     */
                    severity?: "info" | "warning" | "critical";
                    /** @default null */
                    node_id?: string | null;
                    /** @default null */
                    site_id?: string | null;
                    /** @default null */
                    definition_id?: string | null;
                    /** Format: date-time */
                    at?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EscalationPreview"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["CsrfRejected"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getOnCall: {
        parameters: {
            query?: {
                at?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OnCall"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getRota: {
        parameters: {
            query?: {
                from?: string;
                days?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rota"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listStandIns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    addOnCallOverride: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing. */
                "Idempotency-Key"?: string;
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    member_id: string;
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    to: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EscalationTeam"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidStateOrIdempotencyKeyInUse"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    removeOnCallOverride: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags of the resource as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
                place: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EscalationTeam"];
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["ForbiddenOrCsrfRejected"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrInvalidState"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: string;
                search?: string;
                alert_id?: string;
                channel_id?: string;
                team_id?: string;
                event?: "triggered" | "changed" | "escalated" | "repeated" | "resolved" | "reminder" | "test";
                state?: "queued" | "sent" | "failed" | "skipped" | "merged";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            alert_id: string | null;
                            alert_summary: string | null;
                            node_id: string | null;
                            node_name: string | null;
                            /** @enum {string} */
                            event: "triggered" | "changed" | "escalated" | "repeated" | "resolved" | "reminder" | "test";
                            step: number;
                            team_id: string | null;
                            team_name: string | null;
                            channel_id: string | null;
                            channel_name: string;
                            recipient: string;
                            /** @enum {string} */
                            state: "queued" | "sent" | "failed" | "skipped" | "merged";
                            attempts: number;
                            reason: ("timeout" | "connection_failed" | "name_not_found" | "tls_failed" | "address_refused" | "login_failed" | "rate_limited" | "server_busy" | "rejected" | "recipient_rejected" | "too_large" | "no_mail_server" | "channel_disabled" | "channel_deleted" | "no_address" | "nobody_on_call" | "member_disabled" | "no_channel" | "resolved_before" | "grouped" | "no_longer_relevant" | "tried_too_often" | "internal_fault") | null;
                            message: string | null;
                            created_at: string;
                            next_attempt_at: string | null;
                            sent_at: string | null;
                            idempotency_key: string;
                        }[];
                        total: number;
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getDeliverie: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the caller has; 304 when one of them is that of the answer. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        alert_id: string | null;
                        alert_summary: string | null;
                        node_id: string | null;
                        node_name: string | null;
                        /** @enum {string} */
                        event: "triggered" | "changed" | "escalated" | "repeated" | "resolved" | "reminder" | "test";
                        step: number;
                        team_id: string | null;
                        team_name: string | null;
                        channel_id: string | null;
                        channel_name: string;
                        recipient: string;
                        /** @enum {string} */
                        state: "queued" | "sent" | "failed" | "skipped" | "merged";
                        attempts: number;
                        reason: ("timeout" | "connection_failed" | "name_not_found" | "tls_failed" | "address_refused" | "login_failed" | "rate_limited" | "server_busy" | "rejected" | "recipient_rejected" | "too_large" | "no_mail_server" | "channel_disabled" | "channel_deleted" | "no_address" | "nobody_on_call" | "member_disabled" | "no_channel" | "resolved_before" | "grouped" | "no_longer_relevant" | "tried_too_often" | "internal_fault") | null;
                        message: string | null;
                        created_at: string;
                        next_attempt_at: string | null;
                        sent_at: string | null;
                        idempotency_key: string;
                    };
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getOutageNotices: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        standing: "off" | "no_channel" | "pending" | "armed";
                        after_seconds: number | null;
                        channels: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** @enum {string} */
                            type: "email" | "webhook";
                            fault: string | null;
                        }[];
                        fetched_at: string | null;
                        outages: {
                            /** Format: uuid */
                            id: string;
                            began_at: string;
                            ended_at: string;
                            last_error: string;
                            tellings: {
                                /** @enum {string} */
                                event: "away" | "still_away" | "back";
                                /** Format: uuid */
                                channel_id: string;
                                channel_name: string;
                                recipient: string;
                                /** @enum {string} */
                                state: "waiting" | "accepted" | "failed" | "dropped";
                                attempts: number;
                                /** Format: date-time */
                                created_at: string;
                                tried_at: string | null;
                                message: string;
                            }[];
                            reported_at: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            423: components["responses"]["PasswordChangeRequired"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getSummary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Summary"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    streamEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getMetricsQuery: {
        parameters: {
            query: {
                /** @description An expression of PromQL. */
                query: string;
                /** @description RFC 3339, or seconds since 1970. */
                time?: string;
                /** @description A duration such as `30s`, or seconds. */
                step?: string;
                /** @description Most series of the answer. */
                limit?: number;
                /** @description How far back a sample counts as present. */
                lookback_delta?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: {
                            /** @enum {string} */
                            resultType: "vector" | "matrix" | "scalar" | "string";
                            result: unknown[];
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["QueryFailed"];
            423: components["responses"]["PasswordChangeRequired"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["MetricsUnavailableOrDatabaseUnavailableOrOverloaded"];
        };
    };
    postMetricsQuery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @description An expression of PromQL. */
                    query: string;
                    /** @description RFC 3339, or seconds since 1970. */
                    time?: string;
                    /** @description A duration such as `30s`, or seconds. */
                    step?: string;
                    /** @description Most series of the answer. */
                    limit?: number;
                    /** @description How far back a sample counts as present. */
                    lookback_delta?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: {
                            /** @enum {string} */
                            resultType: "vector" | "matrix" | "scalar" | "string";
                            result: unknown[];
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["CsrfRejected"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["QueryFailed"];
            423: components["responses"]["PasswordChangeRequired"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["MetricsUnavailableOrDatabaseUnavailableOrOverloaded"];
        };
    };
    getMetricsQueryRange: {
        parameters: {
            query: {
                /** @description An expression of PromQL. */
                query: string;
                /** @description RFC 3339, or seconds since 1970. */
                start: string;
                /** @description RFC 3339, or seconds since 1970. */
                end: string;
                /** @description A duration such as `30s`, or seconds. */
                step: string;
                /** @description Most series of the answer. */
                limit?: number;
                /** @description How far back a sample counts as present. */
                lookback_delta?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: {
                            /** @enum {string} */
                            resultType: "vector" | "matrix" | "scalar" | "string";
                            result: unknown[];
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["QueryFailed"];
            423: components["responses"]["PasswordChangeRequired"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["MetricsUnavailableOrDatabaseUnavailableOrOverloaded"];
        };
    };
    postMetricsQueryRange: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @description An expression of PromQL. */
                    query: string;
                    /** @description RFC 3339, or seconds since 1970. */
                    start: string;
                    /** @description RFC 3339, or seconds since 1970. */
                    end: string;
                    /** @description A duration such as `30s`, or seconds. */
                    step: string;
                    /** @description Most series of the answer. */
                    limit?: number;
                    /** @description How far back a sample counts as present. */
                    lookback_delta?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: {
                            /** @enum {string} */
                            resultType: "vector" | "matrix" | "scalar" | "string";
                            result: unknown[];
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["CsrfRejected"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["QueryFailed"];
            423: components["responses"]["PasswordChangeRequired"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["MetricsUnavailableOrDatabaseUnavailableOrOverloaded"];
        };
    };
    getMetricsSeries: {
        parameters: {
            query: {
                /** @description Series selectors; any of them may fit. */
                "match[]": string[];
                /** @description RFC 3339, or seconds since 1970. */
                start?: string;
                /** @description RFC 3339, or seconds since 1970. */
                end?: string;
                /** @description Most series of the answer. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: {
                            [key: string]: string;
                        }[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["QueryFailed"];
            423: components["responses"]["PasswordChangeRequired"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["MetricsUnavailableOrDatabaseUnavailableOrOverloaded"];
        };
    };
    postMetricsSeries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @description Series selectors; any of them may fit. */
                    "match[]": string[];
                    /** @description RFC 3339, or seconds since 1970. */
                    start?: string;
                    /** @description RFC 3339, or seconds since 1970. */
                    end?: string;
                    /** @description Most series of the answer. */
                    limit?: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: {
                            [key: string]: string;
                        }[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["CsrfRejected"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["QueryFailed"];
            423: components["responses"]["PasswordChangeRequired"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["MetricsUnavailableOrDatabaseUnavailableOrOverloaded"];
        };
    };
    getMetricsLabels: {
        parameters: {
            query?: {
                /** @description Series selectors; any of them may fit. */
                "match[]"?: string[];
                /** @description RFC 3339, or seconds since 1970. */
                start?: string;
                /** @description RFC 3339, or seconds since 1970. */
                end?: string;
                /** @description Most series of the answer. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: string[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["QueryFailed"];
            423: components["responses"]["PasswordChangeRequired"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["MetricsUnavailableOrDatabaseUnavailableOrOverloaded"];
        };
    };
    postMetricsLabels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @description Series selectors; any of them may fit. */
                    "match[]"?: string[];
                    /** @description RFC 3339, or seconds since 1970. */
                    start?: string;
                    /** @description RFC 3339, or seconds since 1970. */
                    end?: string;
                    /** @description Most series of the answer. */
                    limit?: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: string[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["CsrfRejected"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["QueryFailed"];
            423: components["responses"]["PasswordChangeRequired"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["MetricsUnavailableOrDatabaseUnavailableOrOverloaded"];
        };
    };
    getMetricsLabelValues: {
        parameters: {
            query?: {
                /** @description Series selectors; any of them may fit. */
                "match[]"?: string[];
                /** @description RFC 3339, or seconds since 1970. */
                start?: string;
                /** @description RFC 3339, or seconds since 1970. */
                end?: string;
                /** @description Most series of the answer. */
                limit?: number;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: string[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["QueryFailed"];
            423: components["responses"]["PasswordChangeRequired"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["MetricsUnavailableOrDatabaseUnavailableOrOverloaded"];
        };
    };
    postMetricsLabelValues: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @description Series selectors; any of them may fit. */
                    "match[]"?: string[];
                    /** @description RFC 3339, or seconds since 1970. */
                    start?: string;
                    /** @description RFC 3339, or seconds since 1970. */
                    end?: string;
                    /** @description Most series of the answer. */
                    limit?: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: string[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["CsrfRejected"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["QueryFailed"];
            423: components["responses"]["PasswordChangeRequired"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["MetricsUnavailableOrDatabaseUnavailableOrOverloaded"];
        };
    };
    getPrometheusQuery: {
        parameters: {
            query: {
                /** @description An expression of PromQL. */
                query: string;
                /** @description RFC 3339, or seconds since 1970. */
                time?: string;
                /** @description A duration such as `30s`, or seconds. */
                step?: string;
                /** @description Most series of the answer. */
                limit?: number;
                /** @description How far back a sample counts as present. */
                lookback_delta?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: {
                            /** @enum {string} */
                            resultType: "vector" | "matrix" | "scalar" | "string";
                            result: unknown[];
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "bad_request" | "validation_failed";
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                };
            };
            423: components["responses"]["PasswordChangeRequired"];
            /** @description Too Many Requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                };
            };
            431: components["responses"]["HeadTooLarge"];
            /** @description Service Unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database_unavailable" | "overloaded";
                    };
                };
            };
        };
    };
    postPrometheusQuery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @description An expression of PromQL. */
                    query: string;
                    /** @description RFC 3339, or seconds since 1970. */
                    time?: string;
                    /** @description A duration such as `30s`, or seconds. */
                    step?: string;
                    /** @description Most series of the answer. */
                    limit?: number;
                    /** @description How far back a sample counts as present. */
                    lookback_delta?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: {
                            /** @enum {string} */
                            resultType: "vector" | "matrix" | "scalar" | "string";
                            result: unknown[];
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "bad_request" | "validation_failed";
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["CsrfRejected"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                };
            };
            423: components["responses"]["PasswordChangeRequired"];
            /** @description Too Many Requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database_unavailable" | "overloaded";
                    };
                };
            };
        };
    };
    getPrometheusQueryRange: {
        parameters: {
            query: {
                /** @description An expression of PromQL. */
                query: string;
                /** @description RFC 3339, or seconds since 1970. */
                start: string;
                /** @description RFC 3339, or seconds since 1970. */
                end: string;
                /** @description A duration such as `30s`, or seconds. */
                step: string;
                /** @description Most series of the answer. */
                limit?: number;
                /** @description How far back a sample counts as present. */
                lookback_delta?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: {
                            /** @enum {string} */
                            resultType: "vector" | "matrix" | "scalar" | "string";
                            result: unknown[];
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "bad_request" | "validation_failed";
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                };
            };
            423: components["responses"]["PasswordChangeRequired"];
            /** @description Too Many Requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                };
            };
            431: components["responses"]["HeadTooLarge"];
            /** @description Service Unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database_unavailable" | "overloaded";
                    };
                };
            };
        };
    };
    postPrometheusQueryRange: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @description An expression of PromQL. */
                    query: string;
                    /** @description RFC 3339, or seconds since 1970. */
                    start: string;
                    /** @description RFC 3339, or seconds since 1970. */
                    end: string;
                    /** @description A duration such as `30s`, or seconds. */
                    step: string;
                    /** @description Most series of the answer. */
                    limit?: number;
                    /** @description How far back a sample counts as present. */
                    lookback_delta?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: {
                            /** @enum {string} */
                            resultType: "vector" | "matrix" | "scalar" | "string";
                            result: unknown[];
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "bad_request" | "validation_failed";
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["CsrfRejected"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                };
            };
            423: components["responses"]["PasswordChangeRequired"];
            /** @description Too Many Requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database_unavailable" | "overloaded";
                    };
                };
            };
        };
    };
    getPrometheusSeries: {
        parameters: {
            query: {
                /** @description Series selectors; any of them may fit. */
                "match[]": string[];
                /** @description RFC 3339, or seconds since 1970. */
                start?: string;
                /** @description RFC 3339, or seconds since 1970. */
                end?: string;
                /** @description Most series of the answer. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: {
                            [key: string]: string;
                        }[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "bad_request" | "validation_failed";
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                };
            };
            423: components["responses"]["PasswordChangeRequired"];
            /** @description Too Many Requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                };
            };
            431: components["responses"]["HeadTooLarge"];
            /** @description Service Unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database_unavailable" | "overloaded";
                    };
                };
            };
        };
    };
    postPrometheusSeries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @description Series selectors; any of them may fit. */
                    "match[]": string[];
                    /** @description RFC 3339, or seconds since 1970. */
                    start?: string;
                    /** @description RFC 3339, or seconds since 1970. */
                    end?: string;
                    /** @description Most series of the answer. */
                    limit?: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: {
                            [key: string]: string;
                        }[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "bad_request" | "validation_failed";
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["CsrfRejected"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                };
            };
            423: components["responses"]["PasswordChangeRequired"];
            /** @description Too Many Requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database_unavailable" | "overloaded";
                    };
                };
            };
        };
    };
    getPrometheusLabels: {
        parameters: {
            query?: {
                /** @description Series selectors; any of them may fit. */
                "match[]"?: string[];
                /** @description RFC 3339, or seconds since 1970. */
                start?: string;
                /** @description RFC 3339, or seconds since 1970. */
                end?: string;
                /** @description Most series of the answer. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: string[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "bad_request" | "validation_failed";
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                };
            };
            423: components["responses"]["PasswordChangeRequired"];
            /** @description Too Many Requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                };
            };
            431: components["responses"]["HeadTooLarge"];
            /** @description Service Unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database_unavailable" | "overloaded";
                    };
                };
            };
        };
    };
    postPrometheusLabels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @description Series selectors; any of them may fit. */
                    "match[]"?: string[];
                    /** @description RFC 3339, or seconds since 1970. */
                    start?: string;
                    /** @description RFC 3339, or seconds since 1970. */
                    end?: string;
                    /** @description Most series of the answer. */
                    limit?: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: string[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "bad_request" | "validation_failed";
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["CsrfRejected"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                };
            };
            423: components["responses"]["PasswordChangeRequired"];
            /** @description Too Many Requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database_unavailable" | "overloaded";
                    };
                };
            };
        };
    };
    getPrometheusLabelValues: {
        parameters: {
            query?: {
                /** @description Series selectors; any of them may fit. */
                "match[]"?: string[];
                /** @description RFC 3339, or seconds since 1970. */
                start?: string;
                /** @description RFC 3339, or seconds since 1970. */
                end?: string;
                /** @description Most series of the answer. */
                limit?: number;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: string[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "bad_request" | "validation_failed";
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            414: components["responses"]["UriTooLong"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                };
            };
            423: components["responses"]["PasswordChangeRequired"];
            /** @description Too Many Requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                };
            };
            431: components["responses"]["HeadTooLarge"];
            /** @description Service Unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database_unavailable" | "overloaded";
                    };
                };
            };
        };
    };
    postPrometheusLabelValues: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @description Series selectors; any of them may fit. */
                    "match[]"?: string[];
                    /** @description RFC 3339, or seconds since 1970. */
                    start?: string;
                    /** @description RFC 3339, or seconds since 1970. */
                    end?: string;
                    /** @description Most series of the answer. */
                    limit?: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: string[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "bad_request" | "validation_failed";
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["CsrfRejected"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                };
            };
            423: components["responses"]["PasswordChangeRequired"];
            /** @description Too Many Requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                };
            };
            431: components["responses"]["HeadTooLarge"];
            /** @description Service Unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "error";
                        errorType: string;
                        error: string;
                    };
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database_unavailable" | "overloaded";
                    };
                };
            };
        };
    };
    getPrometheusStatusBuildinfo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: {
                            version: string;
                            revision: string;
                            branch: string;
                            buildUser: string;
                            buildDate: string;
                            goVersion: string;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getPrometheusMetadata: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: {
                            [key: string]: unknown[];
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    getPrometheusQueryExemplars: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: unknown[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
    postPrometheusQueryExemplars: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "success";
                        data: unknown[];
                    };
                };
            };
            400: components["responses"]["BadRequestOrValidationFailed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["CsrfRejected"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["PasswordChangeRequired"];
            503: components["responses"]["DatabaseUnavailableOrOverloaded"];
        };
    };
}
