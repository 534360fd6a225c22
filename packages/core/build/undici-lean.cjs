// The parts of undici that core's transport uses. Its index also loads fetch, caches, mocks and WebSockets, which
// takes longer than a small upload. The build puts this in the place of `undici` and bundles it, so that no version
// of undici but the one that was tested meets these paths.
const Dispatcher = require('undici/lib/dispatcher/dispatcher.js');

Dispatcher.prototype.request = require('undici/lib/api/api-request.js');
Dispatcher.prototype.connect = require('undici/lib/api/api-connect.js');

module.exports = {
  Agent: require('undici/lib/dispatcher/agent.js'),
  EnvHttpProxyAgent: require('undici/lib/dispatcher/env-http-proxy-agent.js'),
  Pool: require('undici/lib/dispatcher/pool.js'),
  buildConnector: require('undici/lib/core/connect.js'),
  request: (url, { dispatcher, ...options }) =>
    dispatcher.request({ ...options, origin: url.origin, path: `${url.pathname}${url.search}` }),
};
