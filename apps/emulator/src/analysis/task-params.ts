import type { Question } from './request.ts';
import type { GeneralTask, SegmentDefinition, SegmentsTask } from './task-request.ts';

/** What a task repeats of its request: all but the files in it, and what answers have no place for. */
export function taskParams(body: GeneralTask | SegmentsTask): Record<string, unknown> {
  const { video: _video, model_name: _model, custom_id: _id, analysis_mode: _mode, ...rest } = body;
  const { prompt_v2, response_format, ...params } = rest;
  return {
    ...params,
    ...(prompt_v2 !== undefined && { prompt_v2: promptJson(prompt_v2) }),
    ...(response_format?.type === 'json_schema' && { response_format }),
    ...(response_format?.type === 'segment_definitions' && {
      response_format: {
        type: response_format.type,
        segment_definitions: response_format.segment_definitions.map(definitionJson),
      },
    }),
  };
}

function promptJson({ input_text, media_sources }: NonNullable<Question['prompt_v2']>): object {
  return { input_text, ...imagesJson(media_sources) };
}

function definitionJson({ fields, media_sources, ...definition }: SegmentDefinition): object {
  return {
    ...definition,
    ...(fields !== undefined && { fields: fields.map(({ format: _format, ...field }) => field) }),
    ...imagesJson(media_sources),
  };
}

function imagesJson(images: SegmentDefinition['media_sources']): object {
  if (images === undefined) return {};
  return { media_sources: images.map(({ base64_string: _data, ...image }) => image) };
}
