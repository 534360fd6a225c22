/** The metadata field that a create-once key is stored in. */
export const ONCE_METADATA_FIELD = 'create_once_key';

/** The metadata field in which an upload with a create-once key stores what another run needs to continue it. */
export const UPLOAD_METADATA_FIELD = 'create_once_upload';
