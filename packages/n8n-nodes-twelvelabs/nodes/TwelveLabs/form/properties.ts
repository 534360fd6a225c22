import type { INodeProperties } from 'n8n-workflow';
import { type Field, fieldsOf, isGroup } from './field';
import type { Operation } from './operation';

/** The fields of an operation, shown only when it is chosen. */
export function propertiesOf(resource: string, { value, form }: Operation): INodeProperties[] {
  const elsewhere = fieldsOf(form).filter(({ alsoIn }) => alsoIn !== undefined);
  return form.map((part) => {
    const { property } = part;
    const also = elsewhere.filter(({ alsoIn }) => alsoIn === property.name);
    return {
      ...property,
      ...(isGroup(part) ? { options: [...part.fields.map(offered), ...also.map(whereSet)] } : {}),
      displayOptions: {
        ...property.displayOptions,
        show: { ...property.displayOptions?.show, resource: [resource], operation: [value] },
      },
    };
  });
}

const offered = (field: Field) => (field.onlyWhereSet ? whereSet(field) : field.property);

/** The field as an entry of a list that does not offer it, and shows it where a workflow has set it. */
function whereSet({ property }: Field): INodeProperties {
  const isSet = { _cnd: { exists: true as const } };
  return { ...property, displayOptions: { show: { [property.name]: [isSet] } } };
}
