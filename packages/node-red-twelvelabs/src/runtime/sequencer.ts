/** Makes things that finish in any order come out in the order in which they began. */
export class Sequencer {
  #last: Promise<void> = Promise.resolve();

  /** Takes the next place. `turn` resolves when everyone before has left; `leave` must always be called. */
  enter(): { turn: Promise<void>; leave: () => void } {
    const turn = this.#last;
    let leave = () => {};
    const left = new Promise<void>((resolve) => {
      leave = resolve;
    });
    this.#last = turn.then(() => left);
    return { turn, leave };
  }
}
