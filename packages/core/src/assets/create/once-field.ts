/** The metadata field that a create-once key is stored in. */
export const ONCE_METADATA_FIELD = 'create_once_key';
