import type { Field } from '../src/editor/fields.ts';
import { currentVersion } from '../src/migrations/steps.ts';
import { initialOf, type NodeSettings, type Setting, settingsOf } from '../src/settings/setting.ts';

const INPUT_LABELS = (type: string) => `    inputLabels() {
      return this._('${type}.port.in');
    },
`;

const BUTTON = `    button: {
      enabled() {
        return !this.changed;
      },
      onclick() {
        TwelveLabsEditor.askForExample(this);
      },
    },
`;

/**
 * The page that Node-RED loads for a node type. The flow library's scorecard reads its text and runs nothing:
 * `defaults`, `icon`, `color` and the like have to stand in the call, so no helper in the browser can give them.
 */
export function pageHtml(node: NodeSettings): string {
  const { type, ports } = node;
  const drawn = Object.entries(node.sections).map(([name, { open, settings }]) => ({
    name,
    ...(open ? { open } : {}),
    fields: Object.entries(settings).map(fieldOf),
  }));
  return `<script type="text/html" data-template-name="${type}">
  <div class="form-row">
    <label for="node-input-name"><i class="fa fa-tag"></i> <span data-i18n="node-red:common.label.name"></span></label>
    <input type="text" id="node-input-name" data-i18n="[placeholder]node-red:common.label.name">
  </div>
  <div class="form-row">
    <label for="node-input-config"><i class="fa fa-key"></i> <span data-i18n="${type}.label.config"></span></label>
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
${Object.entries(settingsOf(node)).flatMap(defaultsOf).join('\n')}
      configVersion: { value: ${currentVersion(type)} },
    },
    inputs: ${ports.in ? 1 : 0},
    outputs: 1,
${node.button ? BUTTON : ''}    icon: '${type}.svg',
    label() {
      return this.name || this._('${type}.label.palette');
    },
    labelStyle() {
      return this.name ? 'node_label_italic' : '';
    },
    paletteLabel() {
      return this._('${type}.label.palette');
    },
${ports.in ? INPUT_LABELS(type) : ''}    outputLabels() {
      return this._('${type}.port.out');
    },
    onadd() {
      TwelveLabsEditor.prepareNode(this);
    },
    oneditprepare() {
      TwelveLabsEditor.prepareDialog(this, ${JSON.stringify(drawn)});
    },
  });
</script>
`;
}

function defaultsOf([name, setting]: [string, Setting]): string[] {
  const line = (property: string, initial: unknown) =>
    `      ${property}: { value: ${JSON.stringify(initial)} },`;
  const [value, type] = initialOf(setting);
  return [line(name, value), ...(type === undefined ? [] : [line(`${name}Type`, type)])];
}

function fieldOf([name, { kind, options, offers, when, icon }]: [string, Setting]): Field {
  return {
    name,
    kind,
    ...(options ? { options: Object.keys(options) } : {}),
    ...(offers ? { offers } : {}),
    ...(when ? { when } : {}),
    ...(icon ? { icon } : {}),
  };
}
