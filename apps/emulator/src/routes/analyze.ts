import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { answerQuestion } from '../analysis/answer.ts';
import { answerEvents } from '../analysis/events.ts';
import { analysisWindow, analyzeBody, questionText } from '../analysis/request.ts';
import type { Context } from '../context.ts';
import { whileConnected } from '../http/connected.ts';
import { validate } from '../http/validate.ts';
import { newId } from '../ids.ts';
import { jsonWithFileLimit, mediaFacts } from '../jobs/media-source.ts';
import { missedRequirement } from '../requirements.ts';

/** `POST /analyze`: a question about a video, answered at once. */
export function analyzeRoutes(app: FastifyInstance, context: Context): void {
  const { clock, options } = context;

  app.post(
    '/analyze',
    { bodyLimit: jsonWithFileLimit, config: { emptyRateLimit: true } },
    async (request, reply) => {
      const signal = whileConnected(reply);
      const body = validate(analyzeBody, request.body ?? {});
      const text = questionText(body);
      const facts = await mediaFacts(context, body.video, 'video', signal);
      const missed = missedRequirement(facts, 'analyze');
      if (missed !== undefined) throw missed;
      const window = analysisWindow(body, facts);
      const schema = body.response_format?.json_schema;
      const answer = answerQuestion(
        context.definedAnswers,
        { text, schema, maxTokens: body.max_tokens },
        facts,
        window,
      );
      context.questions.add({
        time: clock.now(),
        filename: facts.filename,
        prompt: text,
        answer: answer.data,
      });
      const now = clock.now();
      if (body.stream) {
        const pauses = { now, beforeTextMs: options.answerMs, gapMs: options.streamGapMs };
        return reply
          .type('application/x-ndjson')
          .send(Readable.from(answerEvents(answer, pauses, signal), { objectMode: false }));
      }
      await sleep(options.answerMs, undefined, { signal }).catch((error: unknown) => {
        throw signal.aborted ? signal.reason : error;
      });
      return { id: newId(now), ...answer };
    },
  );
}
