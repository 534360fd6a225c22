import type { Operation as CoreOperation, IterableOperation } from '@twelvelabs-nodes/core';
import { paging } from '../fields/paging';
import { type Field, type Form, group } from '../form/field';
import type { Operation } from '../form/operation';

/** The operations that most resources have: each is one call of core. */

type Texts = Pick<Operation, 'action' | 'description'>;

export function getting(texts: Texts, form: Form, core: CoreOperation<object>): Operation {
  return { value: 'get', name: 'Get', ...texts, form, run: async (call) => [await call.core(core)] };
}

/** @param filters fields that people may add; none when empty */
export function gettingMany(
  texts: Texts,
  form: Form,
  filters: readonly Field[],
  core: IterableOperation<object>,
): Operation {
  const more = filters.length > 0 ? [group('Filters', 'filters', filters, 'Add filter')] : [];
  return {
    value: 'getAll',
    name: 'Get Many',
    ...texts,
    form: [...form, ...paging, ...more],
    run: (call) => call.all(core),
  };
}

/** @param id core's name of the id, which the output repeats */
export function deleting(texts: Texts, form: Form, core: CoreOperation<void>, id: string): Operation {
  return {
    value: 'delete',
    name: 'Delete',
    ...texts,
    form,
    async run(call) {
      await call.core(core);
      return [{ deleted: true, _id: call.form.params[id] }];
    },
  };
}
