import { samplesDir } from '@twelvelabs-nodes/emulator/samples';
import { sampleWorkflows } from '../../src/samples.ts';
import type { Workflow } from '../../src/workflow.ts';
import type { Setup } from './run.ts';

/** The sample workflows by name, with the emulator's media and the test's credential. */
export async function localSamples({ emulator, credential }: Setup): Promise<(name: string) => Workflow> {
  const samples = await sampleWorkflows({
    credential,
    mediaUrl: `${emulator.url}/samples`,
    filesDir: samplesDir.replace(/\/$/, ''),
  });
  return (name) => {
    const workflow = samples.get(name);
    if (!workflow) throw new Error(`There is no sample ${name}`);
    return workflow;
  };
}
