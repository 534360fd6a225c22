import { wildcard } from '../wildcard.ts';
import type { Fault, FaultAction } from './schema.ts';

/** A rule and what became of it. */
export interface FaultState extends Fault {
  /** Requests that matched. */
  seen: number;
  /** Requests that it acted on. */
  played: number;
}

/** The rules in force. */
export class Faults {
  #rules: FaultState[] = [];
  #cleared = new AbortController();

  add(rules: readonly Fault[]): void {
    this.#rules.push(...rules.map((rule) => ({ ...rule, seen: 0, played: 0 })));
  }

  list(): FaultState[] {
    return structuredClone(this.#rules);
  }

  /** Removes all rules and continues the requests that wait for them. */
  clear(): void {
    this.#rules = [];
    this.#cleared.abort();
    this.#cleared = new AbortController();
  }

  /** Aborts when the rules are dropped. */
  get cleared(): AbortSignal {
    return this.#cleared.signal;
  }

  /**
   * The action for a request: that of the first rule that is due. Every matching rule counts it as seen, so that a
   * list of rules acts one after the other.
   */
  take(method: string, path: string): FaultAction | undefined {
    let taken: FaultAction | undefined;
    for (const rule of this.#rules) {
      if (!matches(rule, method, path)) continue;
      rule.seen += 1;
      if (taken !== undefined || rule.seen < rule.match.nth) continue;
      if (rule.match.times !== 'always' && rule.played >= rule.match.times) continue;
      rule.played += 1;
      taken = rule.action;
    }
    return taken;
  }
}

function matches({ match }: Fault, method: string, path: string): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  return match.path === undefined || wildcard(match.path).test(path);
}
