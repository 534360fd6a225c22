import type { Operation as CoreOperation, ValidationIssue } from '@twelvelabs-nodes/core';
import { Named } from '../form/form-values';
import type { Call } from '../form/operation';

interface Kind {
  /** Core's parameter of its id. */
  readonly field: string;
  /** Core's parameter of its name. */
  readonly name: string;
  readonly retrieve: CoreOperation<unknown>;
  readonly getOrCreate: CoreOperation<{ readonly _id: string }>;
}

/**
 * A thing that was chosen by its id, or by a name under which the call may create it. What can be found out of it is
 * found out before an asset is paid for; creating it comes after that.
 */
export function chosenBy({ field, name, retrieve, getOrCreate }: Kind) {
  const chosenIn = ({ form }: Call) => form.params[field];
  return {
    /** What is wrong with a name. */
    async check(call: Call): Promise<readonly ValidationIssue[]> {
      const value = chosenIn(call);
      if (!(value instanceof Named)) return [];
      return (await getOrCreate.check({ [name]: value.name }, {})).map((issue) => ({ ...issue, field }));
    },
    /** @throws {ApiError} when there is none of this id */
    async mustExist(call: Call): Promise<void> {
      const value = chosenIn(call);
      if (!(value instanceof Named)) await call.mustExist(retrieve, { [field]: value });
    },
    /** Its id; what was chosen by a name that there is none of is created. */
    async id(call: Call): Promise<unknown> {
      const value = chosenIn(call);
      if (!(value instanceof Named)) return value;
      return (await call.core(getOrCreate, { params: { [name]: value.name }, options: {} }))._id;
    },
  };
}
