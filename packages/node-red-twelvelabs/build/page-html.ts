import type { Field, Kind } from '../src/editor/fields.ts';
import type { Page, PageField } from '../src/editor/pages/page.ts';
import { currentVersion } from '../src/migrations/steps.ts';

/** What a typed input holds at first: value and type. */
const TYPED: Readonly<Record<Exclude<Kind, 'check' | 'property'>, readonly [string, string]>> = {
  source: ['payload', 'msg'],
  text: ['', 'str'],
  number: ['', 'num'],
  flag: ['false', 'bool'],
  json: ['{}', 'json'],
  choice: ['', 'fixed'],
  choices: ['', 'fixed'],
};

/**
 * The page that Node-RED loads for a node type. The flow library's scorecard reads its text and runs nothing:
 * `defaults`, `icon`, `color` and the like have to stand in the call, so no helper in the browser can give them.
 */
export function pageHtml({ type, icon, sections }: Page): string {
  const fields = sections.flatMap((section) => section.fields);
  const drawn = sections.map((section) => ({ ...section, fields: section.fields.map(drawnField) }));
  return `<script type="text/html" data-template-name="${type}">
  <div class="form-row">
    <label for="node-input-name"><i class="fa fa-tag"></i> <span data-i18n="node-red:common.label.name"></span></label>
    <input type="text" id="node-input-name" data-i18n="[placeholder]node-red:common.label.name">
  </div>
  <div class="form-row">
    <label for="node-input-config"><i class="fa fa-key"></i> <span data-i18n="@twelvelabs-nodes/node-red-twelvelabs/twelvelabs-config:common.label.config"></span></label>
    <input type="text" id="node-input-config">
  </div>
  <div id="twelvelabs-fields"></div>
</script>

<script type="text/javascript">
  RED.nodes.registerType('${type}', {
    category: 'TwelveLabs',
    color: '#9fd0c7',
    defaults: {
      name: { value: '' },
      config: { type: 'twelvelabs-config', required: true },
${fields.flatMap(defaultsOf).join('\n')}
      configVersion: { value: ${currentVersion(type)} },
    },
    inputs: 1,
    outputs: 1,
    icon: '${icon}',
    label() {
      return this.name || this._('${type}.label.palette');
    },
    labelStyle() {
      return this.name ? 'node_label_italic' : '';
    },
    paletteLabel() {
      return this._('${type}.label.palette');
    },
    inputLabels() {
      return TwelveLabsEditor.portLabel(this, 'in');
    },
    outputLabels() {
      return TwelveLabsEditor.portLabel(this, 'out');
    },
    oneditprepare() {
      TwelveLabsEditor.drawSections(this, ${JSON.stringify(drawn)});
    },
  });
</script>
`;
}

function defaultsOf({ name, kind, options, value, type }: PageField): string[] {
  const line = (property: string, initial: unknown) =>
    `      ${property}: { value: ${JSON.stringify(initial)} },`;
  if (kind === 'check') return [line(name, false)];
  if (kind === 'property') return [line(name, 'payload')];
  const [usualValue, usualType] = TYPED[kind];
  const first = kind === 'choice' ? options?.[0] : usualValue;
  return [line(name, value ?? first), line(`${name}Type`, type ?? usualType)];
}

function drawnField({ name, kind, options, icon }: PageField): Field {
  return { name, kind, ...(options ? { options } : {}), ...(icon ? { icon } : {}) };
}
