import type { DefinedAnswers } from './analysis/defined-answers.ts';
import type { Questions } from './analysis/questions.ts';
import type { Clock } from './clock.ts';
import type { Faults } from './faults/faults.ts';
import type { InFlight } from './in-flight.ts';
import type { AssetJobs } from './jobs/asset-jobs.ts';
import type { Downloader } from './jobs/download.ts';
import type { Journal } from './journal/journal.ts';
import type { Options } from './options.ts';
import type { Progress } from './progress.ts';
import type { Resets } from './resets.ts';
import type { AssetTable } from './store/assets.ts';
import type { FileStore } from './store/files.ts';
import type { Store } from './store/store.ts';
import type { UploadTable } from './store/uploads.ts';

/** What the routes of one emulator share. */
export interface Context {
  readonly options: Options;
  readonly clock: Clock;
  readonly assets: AssetTable;
  readonly uploads: UploadTable;
  readonly store: Store;
  readonly progress: Progress;
  readonly files: FileStore;
  readonly jobs: AssetJobs;
  readonly downloader: Downloader;
  readonly definedAnswers: DefinedAnswers;
  readonly questions: Questions;
  /** The requests whose handlers run. */
  readonly handlers: InFlight;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly resets: Resets;
  /** Sent with this emulator's own downloads, so that it recognizes requests to itself. */
  readonly downloadMark: string;
  /** Stores all of what `work` does or none of it. */
  atomically<T>(work: () => T): T;
  /** `http://host:port` that this process listens on. */
  origin(): string;
  /** True once the emulator is being closed. */
  closing(): boolean;
  /** Has `work` done when the emulator closes, unless the function it returns is called before. */
  onClose(work: () => void): () => void;
  /** Forgets assets, uploads, journal, faults, rate limits and the clock's offset. */
  reset(): Promise<void>;
}
