import { userMetadataUpdateWithout, userMetadataWithout } from '../validation/user-metadata.ts';
import { ONCE_METADATA_FIELD, UPLOAD_METADATA_FIELD } from './once-fields.ts';

/**
 * Fields that core reserves for create-once keys. If callers could set them, for example from a web form's fields, a later
 * create could return an asset of theirs.
 */
const RESERVED = [ONCE_METADATA_FIELD, UPLOAD_METADATA_FIELD];

const RENAME = 'use another name';

export const ownMetadata = userMetadataWithout(RESERVED, RENAME);
export const ownMetadataUpdate = userMetadataUpdateWithout(RESERVED, RENAME);
/** Replacing takes everything else away. */
export const ownMetadataReplacement = userMetadataWithout(
  RESERVED,
  'update the metadata instead of replacing it, which keeps this field',
);
