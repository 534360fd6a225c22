import type { NodeMessageInFlow } from 'node-red';
import type { Core } from '../core.ts';

/** One message, and the settings that say how to take its file. */
export interface SourceContext {
  readonly core: Core;
  readonly msg: NodeMessageInFlow;
  /** `auto`: text with a scheme is a URL, any other text a path. */
  readonly method: unknown;
  /** Media type, when the flow's author knows it better. */
  readonly mediaType: unknown;
  /**
   * Where a path to a file of this machine may come from: `text`, which a flow's author passes on, and uploads that a
   * parser wrote to the disk for the message's request; `any` object with a path; or `none`. Whoever sends a message
   * may choose what is in it.
   */
  readonly paths: unknown;
  /** Whether to refuse what is certainly no media. */
  readonly checkContent: boolean;
  /** Whether the file becomes an asset, of which core refuses what is no media under its own name. */
  readonly becomesAsset: boolean;
  /** The name that the asset gets, when it is not the file's own. */
  readonly filename: unknown;
  /** Where relative paths start: Node-RED's `fileWorkingDirectory` setting. */
  readonly workingDirectory: string | undefined;
}
