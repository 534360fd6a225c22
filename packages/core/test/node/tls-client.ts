// A process of its own: Node.js reads NODE_EXTRA_CA_CERTS when it starts.
import { undiciTransport } from '../../src/node/index.ts';
import { forever, getRequest } from '../support/requests.ts';

const { BASE_URL: baseUrl = '', CA: ca } = process.env;
// No `await using`: what runs without a build has to be understood by Node.js 22 as it is.
const transport = undiciTransport({ apiKey: 'tlk_test', baseUrl, ca, proxy: '' });
process.stdout.write(JSON.stringify(await transport.send(getRequest(baseUrl), forever)));
await transport.close();
