import type { FlowNode } from '../harness/node-red.ts';

export interface Account {
  baseUrl: string;
  /** Left out: a configuration whose credential was deleted. */
  apiKey?: string | undefined;
}

/**
 * A flow that puts one node, which is called `NAME-node`, behind HTTP: `POST /NAME` with the properties of a message
 * answers `{ asset, rest }`, the payload and the other properties that came out, or `{ error }`, what a Catch node saw.
 * @param node what differs from a create node that reads `msg.payload`
 */
export function nodeFlow(
  name: string,
  account: Account,
  node: Record<string, unknown> = {},
  config: Record<string, unknown> = {},
): { nodes: FlowNode[]; credentials: Record<string, Record<string, string>> } {
  const id = (part: string) => `${name}-${part}`;
  const nodes: FlowNode[] = [
    { id: id('tab'), type: 'tab', label: name, disabled: false },
    { id: id('config'), type: 'twelvelabs-config', name, baseUrl: account.baseUrl, ...config },
    {
      id: id('in'),
      type: 'http in',
      z: id('tab'),
      url: `/${name}`,
      method: 'post',
      upload: false,
      wires: [[id('fill')]],
    },
    {
      id: id('fill'),
      type: 'function',
      z: id('tab'),
      outputs: 1,
      // JSON cannot hold a Buffer: a file's content comes as base64. Nor can it hold a source that stalls.
      func: `const given = msg.payload;
const stalling = ({ originalname: name, mimetype: type, size }, start) =>
  ({ name, type, size, async *stream() { yield start; await new Promise(() => {}); } });
const revive = (file) => {
  if (!file || typeof file !== 'object' || typeof file.base64 !== 'string') return file;
  const buffer = Buffer.from(file.base64, 'base64');
  return file.stalls ? stalling(file, buffer) : { ...file, base64: undefined, buffer };
};
return { ...given, payload: revive(given.payload), req: msg.req, res: msg.res };`,
      wires: [[id('node')]],
    },
    {
      id: id('node'),
      type: 'twelvelabs-create-asset',
      z: id('tab'),
      config: id('config'),
      source: 'payload',
      sourceType: 'msg',
      method: 'auto',
      // Calls are the flow's author's own: files come as objects with a path, a name and a type.
      paths: 'any',
      pathsType: 'fixed',
      ...node,
      wires: [[id('ok')]],
    },
    {
      id: id('ok'),
      type: 'function',
      z: id('tab'),
      outputs: 1,
      func: 'const { req, res, payload, ...rest } = msg;\nreturn { req, res, payload: { asset: payload, rest } };',
      wires: [[id('out')]],
    },
    {
      id: id('catch'),
      type: 'catch',
      z: id('tab'),
      scope: [id('node')],
      uncaught: false,
      wires: [[id('failed')]],
    },
    {
      id: id('failed'),
      type: 'function',
      z: id('tab'),
      outputs: 1,
      func: `const { message, code, cause } = msg.error;
return { req: msg.req, res: msg.res, payload: { error: { message, code, details: cause } } };`,
      wires: [[id('out')]],
    },
    { id: id('out'), type: 'http response', z: id('tab'), statusCode: '200', headers: {}, wires: [] },
  ];
  return {
    nodes,
    credentials: account.apiKey === undefined ? {} : { [id('config')]: { apiKey: account.apiKey } },
  };
}
