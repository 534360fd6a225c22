import { type StoredCredential, saveCredential } from './credential.ts';
import { CREATE_NODE, createWorkflow, type DrivenOptions, type DrivenParams } from './drive-workflow.ts';
import { executeWorkflow, type NodeError } from './execute.ts';
import { type N8nServer, type StartOptions, startN8n } from './server.ts';

export interface Account {
  readonly baseUrl: string;
  /** Missing: a credential whose key was left empty. */
  readonly apiKey?: string | undefined;
}

/** How a create ended. */
export type Driven =
  | { readonly asset: Record<string, unknown>; readonly hints: readonly string[]; readonly error?: undefined }
  | { readonly asset?: undefined; readonly error: DrivenError };

export interface DrivenError {
  /** What people see at the node. */
  readonly message: string;
  readonly description: string | undefined;
  /** Core's code, or the name of n8n's own error. */
  readonly code: string;
  /** Core's plain details of the error. */
  readonly details: Record<string, unknown> | undefined;
  /** The item that the error is on. */
  readonly itemIndex: number | undefined;
}

/** Creates assets through the node in a real n8n: one server, any number of creates, also at once. */
export interface ContractDriver extends AsyncDisposable {
  readonly n8n: N8nServer;
  create(params: DrivenParams, options?: DrivenOptions, account?: Account): Promise<Driven>;
  close(): Promise<void>;
}

/** Starts an n8n that may read any file; `create` uses `account` unless another is given. */
export async function startContractDriver(
  account: Account,
  options: StartOptions = {},
): Promise<ContractDriver> {
  const n8n = await startN8n({ filesDir: '/', ...options });
  const drive = contractDriver(n8n, account);
  return { n8n, ...drive, close: () => n8n.stop(), [Symbol.asyncDispose]: () => n8n.stop() };
}

/** The driver over an n8n that runs already. */
export function contractDriver(n8n: N8nServer, account: Account): Pick<ContractDriver, 'create'> {
  const credentials = new Map<string, Promise<StoredCredential>>();
  const credentialOf = ({ apiKey = '', baseUrl }: Account) => {
    const key = JSON.stringify([apiKey, baseUrl]);
    const stored =
      credentials.get(key) ?? saveCredential(n8n.rest, { apiKey, baseUrl }, `Account ${credentials.size}`);
    credentials.set(key, stored);
    return stored;
  };
  return {
    async create(params, options = {}, other = account) {
      const workflow = createWorkflow(params, options, await credentialOf(other));
      const { status, error, nodes } = await executeWorkflow(n8n.rest, workflow, 600_000);
      const run = nodes[CREATE_NODE];
      const asset = run?.outputs[0]?.[0]?.json;
      if (status === 'success' && run && asset) {
        return { asset, hints: (run.hints ?? []).map(({ message }) => message) };
      }
      return { error: describe(run?.error ?? error, status) };
    },
  };
}

function describe(error: NodeError | undefined, status: string): DrivenError {
  const details = error?.context?.data as Record<string, unknown> | undefined;
  return {
    message: error?.message ?? `The execution ended as "${status}" without an error`,
    description: error?.description ?? undefined,
    code: typeof details?.code === 'string' ? details.code : (error?.name ?? status),
    details,
    itemIndex: error?.context?.itemIndex as number | undefined,
  };
}
