import { userMetadataUpdateWithout, userMetadataWithout } from '../validation/user-metadata.ts';
import { ONCE_METADATA_FIELD, UPLOAD_METADATA_FIELD } from './once-fields.ts';

/**
 * What callers may write: whoever chose the fields of create-once keys, for example by the keys of a web form, would
 * have a later create return an asset of theirs.
 */
const RESERVED = [ONCE_METADATA_FIELD, UPLOAD_METADATA_FIELD];

export const ownMetadata = userMetadataWithout(RESERVED);
export const ownMetadataUpdate = userMetadataUpdateWithout(RESERVED);
