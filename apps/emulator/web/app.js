/** The page of the emulator: shows what it has, and keeps it up to date. */

import { bytes, copyable, copyButton, element, renderList } from './dom.js';
import { showSections } from './sections.js';

const byId = (id) => document.getElementById(id);
const detail = byId('detail');
let shownId;

const connection = new EventSource('/_emulator/events');
connection.addEventListener('change', load);
connection.addEventListener('open', () => {
  byId('connection').textContent = '';
  load();
});
connection.addEventListener('error', () => {
  byId('connection').textContent = 'Not running';
});

async function load() {
  const response = await fetch('/_emulator/state').catch(() => undefined);
  if (response?.ok) show(await response.json());
}

for (const id of ['base-url', 'api-key'])
  byId(id).after(copyButton(() => byId(id).textContent, id.replace('-', ' ')));
byId('curl').after(copyButton(() => byId('curl').textContent, 'the command'));

function show(state) {
  byId('base-url').textContent = state.base_url;
  byId('api-key').textContent = state.api_key;
  byId('data-dir').textContent = state.data_dir;
  byId('total').textContent = state.total === 0 ? '' : state.total;
  byId('empty').hidden = state.total > 0;
  byId('curl').textContent = [
    `curl ${state.base_url}/assets`,
    `-H 'x-api-key: ${state.api_key}'`,
    '-F method=url',
    `-F url=${state.sample_url}`,
  ].join(' \\\n  ');
  renderList(byId('assets'), state.assets, ({ _id }) => _id, card);
  showSections(state);
  const current = state.assets.find((asset) => asset._id === shownId);
  if (detail.open && current !== undefined) renderDetail(current);
}

function card(asset) {
  const item = element('li');
  const button = element('button', 'card', { type: 'button' });
  button.addEventListener('click', () => open(asset));
  const text = element('span', 'text');
  text.append(
    element('span', 'name', { title: asset.filename }, asset.filename),
    element('span', `status ${asset.status}`, {}, asset.status),
    element('span', 'quiet', {}, summary(asset)),
  );
  if (asset.error) text.append(element('span', 'reason', {}, asset.error.message));
  button.append(picture(asset), text);
  item.append(button, copyable(asset._id, `the id of ${asset.filename}`));
  return item;
}

function picture(asset) {
  const box = element('span', 'picture');
  if (asset.thumbnail?.representative_url) {
    box.append(element('img', '', { src: path(asset.thumbnail.representative_url), alt: '' }));
  } else if (asset.status === 'ready' && asset.kind === 'image') {
    box.append(element('img', '', { src: path(asset.original_url), alt: '' }));
  } else if (asset.status === 'ready' && asset.kind === 'video') {
    // The fragment has the browser show a frame that is not the first, which is often black.
    box.append(
      element('video', '', { src: `${path(asset.original_url)}#t=0.5`, preload: 'metadata', muted: '' }),
    );
  } else {
    box.textContent = asset.kind ?? 'file';
  }
  return box;
}

function open(asset) {
  shownId = asset._id;
  byId('player').replaceChildren();
  renderDetail(asset);
  detail.showModal();
}

detail.addEventListener('close', () => {
  byId('player').replaceChildren();
  shownId = undefined;
});

function renderDetail(asset) {
  byId('detail-title').textContent = asset.filename;
  byId('detail-error').textContent = [asset.error, asset.hls?.error, asset.thumbnail?.error]
    .map((error) => error?.message)
    .filter(Boolean)
    .join(' ');
  renderPlayer(asset);
  const { kind, original_url, ...answer } = asset;
  byId('detail-json').textContent = JSON.stringify(answer, null, 2);
  byId('detail-facts').replaceChildren(
    ...[
      ['ID', definition(copyable(asset._id, 'the id'))],
      ['Status', asset.status],
      ['Type', asset.file_type],
      ['Size', asset.size === undefined ? undefined : bytes(asset.size)],
      ['Duration', asset.duration === undefined ? undefined : `${asset.duration.toFixed(2)} s`],
      ['HLS', asset.hls?.status],
      ['Created', new Date(asset.created_at).toLocaleString()],
    ]
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => {
        const row = element('div');
        row.append(
          element('dt', '', {}, name),
          typeof value === 'string' ? element('dd', '', {}, value) : value,
        );
        return row;
      }),
  );
}

function renderPlayer(asset) {
  const box = byId('player');
  if (asset.status !== 'ready') return;
  const source = playable(asset);
  const player = box.firstElementChild;
  // Rebuilding a player that runs would start it over, also when the stream becomes ready meanwhile.
  if (player?.getAttribute('src') === source || player?.paused === false) return;
  if (asset.kind === 'image') box.replaceChildren(element('img', '', { src: source, alt: asset.filename }));
  else box.replaceChildren(element(asset.kind, '', { src: source, controls: '' }));
}

/** The stream where the browser plays it by itself, else the file. */
function playable(asset) {
  const manifest = asset.hls?.manifest_url;
  const native = document.createElement('video').canPlayType('application/vnd.apple.mpegurl') !== '';
  return path(manifest !== undefined && native ? manifest : asset.original_url);
}

/** The page may be open under another name than the emulator calls itself. */
function path(url) {
  return new URL(url).pathname;
}

function summary(asset) {
  return [
    asset.file_type,
    asset.size === undefined ? undefined : bytes(asset.size),
    asset.duration === undefined ? undefined : `${asset.duration.toFixed(1)} s`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function definition(content) {
  const box = element('dd');
  box.append(content);
  return box;
}
