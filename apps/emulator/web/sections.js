/** The lists below the assets: indexes, tasks, questions and requests. */

import { copyable, element, renderList, time } from './dom.js';

const byId = (id) => document.getElementById(id);

export function showSections(state) {
  show('indexes', state.indexes, ({ _id }) => _id, indexItem);
  show('tasks', state.tasks, ({ id }) => id, taskItem);
  show('questions', state.questions, (question) => `${question.time} ${question.prompt}`, questionItem);
  show('requests', state.requests, ({ sequence }) => String(sequence), requestItem);
}

function show(name, values, keyOf, makeItem) {
  byId(`${name}-section`).hidden = values.length === 0;
  renderList(byId(name), values, keyOf, makeItem);
}

/** A line that opens to show more. */
function row(summary, content) {
  const item = element('li');
  const details = element('details');
  const line = element('summary');
  line.append(...summary);
  details.append(line, ...content);
  item.append(details);
  return item;
}

function status(value) {
  return element('span', `status ${value}`, {}, value);
}

function indexItem(index) {
  const options = index.models.map(
    ({ model_name, model_options }) => `${model_name}: ${model_options.join(', ')}`,
  );
  const list = element('ul', 'rows');
  for (const asset of index.indexed_assets) {
    const item = element('li', 'row');
    item.append(
      element('span', 'name', {}, asset.system_metadata.filename),
      status(asset.status),
      copyable(asset._id, 'the id of the indexed asset'),
    );
    list.append(item);
  }
  const count = `${index.video_count} ${index.video_count === 1 ? 'asset' : 'assets'}`;
  return row(
    [
      element('span', 'name', {}, index.index_name),
      element('span', 'quiet', {}, `${count} · ${options.join(' · ')}`),
      copyable(index._id, 'the id of the index'),
    ],
    [list],
  );
}

function taskItem(task) {
  return row(
    [
      element('span', 'name', {}, task.about),
      element('span', 'quiet', {}, task.kind),
      status(task.status),
      copyable(task.id, 'the id of the task'),
    ],
    [element('pre', 'wrapped', {}, JSON.stringify(task.answer, null, 2))],
  );
}

function questionItem({ prompt, filename, answer, time: when }) {
  return row(
    [element('span', 'name', {}, prompt), element('span', 'quiet', {}, `${filename} · ${time(when)}`)],
    [element('pre', 'wrapped', {}, answer)],
  );
}

function requestItem(request) {
  const { method, path, query, fault, aborted } = request;
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, values]) => values.map((value) => [name, value])),
  );
  const answered = request.status ?? (aborted ? 'no answer' : 'under way');
  const kind = request.status === null ? 'processing' : request.status < 400 ? 'ready' : 'failed';
  const note = [fault === null ? undefined : `fault: ${fault}`, aborted ? 'connection ended' : undefined];
  return row(
    [
      element('span', 'quiet', {}, time(request.time)),
      element('code', 'method', {}, method),
      element('code', 'name', {}, search.size === 0 ? path : `${path}?${search}`),
      element('span', 'reason', {}, note.filter(Boolean).join(', ')),
      element('span', `status ${kind}`, {}, String(answered)),
    ],
    [element('pre', 'wrapped', {}, JSON.stringify(request, null, 2))],
  );
}
