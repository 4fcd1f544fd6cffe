import { useEffect } from 'react';
import { client, type Health, take } from '../api/api.ts';
import { onImageEvent } from '../api/events.ts';
import { LoadFault } from '../api/load-fault.tsx';
import { useLoaded } from '../api/use-loaded.ts';
import { TEXTS } from '../texts.ts';

const text = TEXTS.pipeline;
const POLL_MS = 5_000;

export function PipelinePage() {
  const health = useLoaded('health', readHealth);
  const { reload } = health;
  useEffect(() => onImageEvent(reload), [reload]);
  useEffect(() => {
    const timer = setInterval(reload, POLL_MS);
    return () => clearInterval(timer);
  }, [reload]);
  if (!health.data)
    return (
      <>
        <h1>{text.title}</h1>
        <LoadFault error={health.error} />
      </>
    );
  const { status, agent, queues, problems } = health.data;
  return (
    <>
      <h1>{text.title}</h1>
      <p className={`health ${status}`} role="status">
        {text.state[status]}
      </p>
      {agent ? (
        <p>
          {text.engine} <strong>{agent}</strong>
        </p>
      ) : null}
      {problems && problems.length > 0 ? (
        <section aria-labelledby="problems">
          <h2 id="problems">{text.problems}</h2>
          <ul>
            {problems.map(({ code, message }) => (
              <li key={code} className="bad">
                {message}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {queues ? <QueueTable queues={queues} /> : null}
    </>
  );
}

/** 503 carries the same view: it says why nothing is taken. */
async function readHealth(signal: AbortSignal): Promise<Health> {
  return take<Health>(
    client.GET('/health', { signal }).then((answer) => {
      const failing = answer.error;
      return failing?.status === 'failing' ? { data: failing, response: answer.response } : answer;
    }),
  );
}

function QueueTable({ queues }: { readonly queues: NonNullable<Health['queues']> }) {
  const hasDead = Object.values(queues).some(({ dead }) => dead > 0);
  return (
    <>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.queue}</th>
            <th scope="col" className="number">
              {text.ready}
            </th>
            <th scope="col" className="number">
              {text.inFlight}
            </th>
            <th scope="col" className="number">
              {text.oldest}
            </th>
            <th scope="col" className="number">
              {text.dead}
            </th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(queues).map(([name, depth]) => (
            <tr key={name}>
              <td>{name}</td>
              <td className="number">{depth.ready + depth.delayed}</td>
              <td className="number">{depth.in_flight}</td>
              <td className="number">
                {depth.oldest_age_ms === null ? '' : `${Math.round(depth.oldest_age_ms / 1_000)} s`}
              </td>
              <td className={depth.dead > 0 ? 'number bad' : 'number'}>{depth.dead}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {hasDead ? <p className="dim">{text.deadHint}</p> : null}
    </>
  );
}
