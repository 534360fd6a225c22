export interface SettingsOptions {
  /** `false` turns the encryption of credentials off, as the setting of the same name does. */
  credentialSecret: string | false;
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** Where Node-RED finds its own nodes. */
  coreNodesDir: string;
  /** A folder in which multer keeps the uploads of every `http in`, as a middleware of `settings.js` can do. */
  uploads?: string | undefined;
  /** Further settings, which must be plain JSON. */
  extra?: Record<string, unknown>;
}

/**
 * The text of a `settings.js` that keeps Node-RED quiet and deterministic: no telemetry question, no tour,
 * no look-up of updates or of the public catalogue.
 *
 * Node-RED logs the port it was asked for, not the one it got, so with port 0 the settings file reports
 * the real one to the parent process, and ends Node-RED when that parent is gone.
 */
export function settingsFile({
  credentialSecret,
  host,
  port,
  coreNodesDir,
  uploads,
  extra = {},
}: SettingsOptions): string {
  const settings = {
    uiPort: port,
    uiHost: host,
    coreNodesDir,
    flowFile: 'flows.json',
    credentialSecret,
    telemetry: { enabled: false, updateNotification: false },
    editorTheme: { tours: false, projects: { enabled: false }, palette: { catalogues: [] } },
    logging: { console: { level: 'info', metrics: false, audit: false } },
    functionGlobalContext: {},
    ...extra,
  };
  return `// Written by the harness of apps/node-red.
if (process.send) {
  const http = require('node:http');
  const createServer = http.createServer;
  http.createServer = (...args) => {
    const server = createServer(...args);
    server.once('listening', () => process.send?.({ port: server.address().port }));
    return server;
  };
  process.once('disconnect', () => process.exit(1));
}
module.exports = {
  ...${JSON.stringify(settings, null, 2)},
  ${uploads === undefined ? '' : uploadsTo(uploads, coreNodesDir)}
  // Function nodes get what sample flows and benchmarks need, and nothing more.
  functionGlobalContext: { fs: require('node:fs'), path: require('node:path'), process },
};
`;
}

function uploadsTo(folder: string, coreNodesDir: string): string {
  const from = `require('node:fs').realpathSync(${JSON.stringify(coreNodesDir)})`;
  const multer = `require(require.resolve('multer', { paths: [${from}] }))`;
  return `httpNodeMiddleware: ${multer}({ dest: ${JSON.stringify(folder)} }).any(),`;
}
