export type { AnalysisClient, AnalysisTasksClient } from './analysis-client.ts';
export { streamAnalysis } from './analyze.ts';
export { answerOf } from './answer.ts';
export {
  deleteAnalysisTask,
  listAllAnalysisTasks,
  listAnalysisTasks,
  retrieveAnalysisTask,
} from './endpoints.ts';
export { UnusableAnswerError, type UnusableAnswerReason } from './errors/unusable-answer-error.ts';
export { LONGEST_SYNC } from './mode.ts';
export type {
  AnalyzeMode,
  AnalyzeOptions,
  StreamOptions as AnalysisStreamOptions,
  TaskOptions,
} from './options.ts';
export type { AnalyzeParams, AskParams, ListAnalysisTasksParams } from './params.ts';
export { ANALYSIS_PRESETS, type AnalysisPreset, type AnalysisPresetName } from './presets.ts';
export type { Analysis, AnalysisTask, AnalysisTaskPage, Segment } from './schema.ts';
export { createAnalysisTask, waitForAnalysisTask } from './tasks.ts';
