import { createCipheriv, createHash, randomBytes } from 'node:crypto';

/** Credentials of a flow: node id to that node's secret values. */
export type FlowCredentials = Record<string, Record<string, string>>;

/**
 * What Node-RED keeps in `flows_cred.json`. Written before the start, the credentials are there at boot
 * and no deploy has to race with the first message.
 * @param secret the `credentialSecret` setting; `false` stores them in clear, as Node-RED does then.
 */
export function credentialsFile(credentials: FlowCredentials, secret: string | false): string {
  if (secret === false) return JSON.stringify(credentials);
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-ctr', createHash('sha256').update(secret).digest(), iv);
  const encrypted = cipher.update(JSON.stringify(credentials), 'utf8', 'base64') + cipher.final('base64');
  return JSON.stringify({ $: iv.toString('hex') + encrypted });
}
