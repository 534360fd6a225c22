import type { Offer } from '../settings/setting.ts';
import { askNodeRed } from './ask-node-red.ts';

interface Offered {
  readonly value: string;
  readonly label: string;
  readonly details: readonly string[];
}

interface Completion {
  readonly value: string;
  readonly label: JQuery;
}

/** Completes what was typed: with files of the machine that Node-RED runs on, and with what the chosen account has. */
export function completionOf(offers: readonly Offer[]) {
  return (typed: string, done: (found: Completion[]) => void): void => {
    const asked = offers.map((offer) => ask(offer, typed.trim()).catch(() => []));
    void Promise.all(asked).then((found) => done(found.flat().map(completion)));
  };
}

async function ask(offer: Offer, typed: string): Promise<Offered[]> {
  const id = String($('#node-input-config').val() ?? '');
  return (await askNodeRed('twelvelabs-config/offers', { id, offer, typed })) as Offered[];
}

function completion({ value, label: text, details }: Offered): Completion {
  // As text: names come from whoever uploaded the file.
  const label = $('<div>').text(text);
  const more = details.filter(Boolean).join(' · ');
  if (more) $('<div>').addClass('twelvelabs-details').text(more).appendTo(label);
  return { value, label };
}
