import { sets } from '../form/field';

/** A create-once key of an asset. */
export const onceKey = sets('options.once', {
  displayName: 'Create-Once Key',
  name: 'once',
  type: 'string',
  default: '',
  placeholder: 'e.g. {{ $json.orderId }}',
  description:
    'Any text that identifies this job, such as an order number. If an asset with this key exists, the node uses that asset instead of creating another, so that a workflow can safely run again.',
});
