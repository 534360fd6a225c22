import { fileSection, limitsSection, messageSection, split, waiting } from '../../settings/common.ts';
import type { NodeSettings, When } from '../../settings/setting.ts';

const during = (...is: readonly string[]): When => ({ setting: 'action', is });

export const entitySettings = {
  type: 'twelvelabs-entity',
  palette: 'entity',
  sign: {
    title: 'a person',
    path: 'M34.5 35.5a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0M24.5 47.5c0-3.5 2.5-5.5 6.5-5.5s6.5 2 6.5 5.5',
  },
  ports: { in: 'images or entity', out: 'entity' },
  sections: {
    entity: {
      title: 'Entity',
      open: true,
      settings: {
        action: {
          kind: 'choice',
          icon: 'bolt',
          label: 'Action',
          hint: 'What to do with an entity: a person or a thing that "search" finds by its images.',
          options: {
            create: 'create',
            add: 'add images',
            remove: 'remove images',
            list: 'list',
            delete: 'delete',
          },
        },
        collection: {
          kind: 'text',
          field: 'entity_collection_id',
          offers: ['collections'],
          icon: 'folder-o',
          label: 'Collection',
          hint: 'The name or the ID of the collection. "create" makes a collection if there is none of this name. As text, type part of a name to choose a collection.',
          placeholder: 'my team',
        },
        entityName: {
          kind: 'text',
          field: 'name',
          when: during('create', 'list'),
          icon: 'user-o',
          label: 'Entity name',
          hint: 'The name of the new entity, or part of the names to list.',
        },
        entityId: {
          kind: 'text',
          field: 'entity_id',
          when: during('add', 'remove', 'delete'),
          icon: 'id-card-o',
          label: 'Entity ID',
          hint: 'The ID of the entity, such as the _id that "create" returns.',
        },
        images: {
          kind: 'source',
          field: 'asset_ids',
          when: during('create', 'add', 'remove'),
          offers: ['files', 'assets'],
          icon: 'picture-o',
          label: 'Images',
          hint: 'An image asset or its ID, or a list of them. The node creates assets from files and URLs.',
        },
      },
    },
    details: {
      title: 'Details',
      settings: {
        description: {
          kind: 'text',
          field: 'description',
          when: during('create'),
          icon: 'align-left',
          label: 'Description',
          hint: 'What the entity is.',
          placeholder: 'none',
        },
        metadata: {
          kind: 'json',
          field: 'metadata',
          when: during('create'),
          icon: 'tags',
          label: 'Metadata',
          hint: 'Your own keys and values for the entity.',
        },
        waitUntilReady: {
          kind: 'flag',
          field: 'waitUntilReady',
          when: during('create'),
          icon: 'hourglass-half',
          label: 'Wait until ready',
          hint: 'Send the message on only when "search" can find the entity.',
          value: 'true',
        },
        maxWait: { ...waiting.maxWait, field: 'waitUntilReady.maxWait', when: during('create', 'add') },
        split: { ...split, when: during('list') },
      },
    },
    file: fileSection,
    limits: limitsSection,
    message: messageSection,
  },
} as const satisfies NodeSettings;
